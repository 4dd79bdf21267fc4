"""The scale of the index: its classes as wide as the span of index they cover, and where an index lies on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from layouts.formats import number
from sensors.city import City


@dataclass(frozen=True, slots=True)
class ScaleClass:
    """A class of the index: from `low`, its legal colour by name, the range in words, and its width in index."""

    low: int
    word: str
    colour: str
    range: str
    width: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The classes from the cleanest up, over an index from 0 to `end`."""

    classes: tuple[ScaleClass, ...]
    end: float

    def place(self, index: float) -> float:
        """Where an index lies, in percent of the scale's width; beyond the end it is at the end."""
        return max(0.0, min(index / self.end, 1.0)) * 100


def scale_of(city: City) -> Scale:
    """The scale of the pack's categories and breakpoints: a class starts where the one before it ends (50, not 51)."""
    end = max(row.index for row in city.ispu)
    starts = [max(category.low - 1, 0) for category in city.ispu_categories]
    spans = pairwise([*starts, max(end, starts[-1] + 1)])
    lasts = [category.low - 1 for category in city.ispu_categories[1:]]
    return Scale(
        tuple(
            ScaleClass(
                low=category.low,
                word=category.word,
                colour=category.colour,
                range=f"{number(category.low)}–{number(lasts[i])}" if i < len(lasts) else f"≥ {number(category.low)}",
                width=float(stop - start),
            )
            for i, (category, (start, stop)) in enumerate(zip(city.ispu_categories, spans, strict=True))
        ),
        float(max(end, starts[-1] + 1)),
    )
