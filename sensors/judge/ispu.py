"""The air pollution index ISPU, Permen LHK P.14/MENLHK/SETJEN/KUM.1/7/2020.

I = (Ia - Ib) / (Xa - Xb) * (Xx - Xb) + Ib over the pack's breakpoints (Ib, Xb)…(Ia, Xa), from 24-hour means of seven
pollutants. The segments are joined (… 50, 100 … rather than 51, 101 …), so the index has no gaps; the city's or a
station's index is that of its worst pollutant. The regulation's table ends at 500 and has no segment beyond: a mean
that passes its last concentration keeps 500 and is told as "> 500", it is not extrapolated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

from sensors.pack.rules import IspuCategory, IspuRow


@dataclass(frozen=True, slots=True)
class Ispu:
    """An index, the pollutant that decides it, and each one's own. `beyond_scale`: the mean passes the table."""

    index: float
    pollutant: str
    by_pollutant: Mapping[str, float]
    category: IspuCategory
    beyond_scale: bool


def judge_ispu(means: Mapping[str, float], rows: Sequence[IspuRow], categories: Sequence[IspuCategory]) -> Ispu | None:
    """The ISPU of 24-hour means in µg/m³ by pollutant; None where none of them has breakpoints or is a sound mean."""
    found = {
        pollutant: index
        for pollutant, mean in means.items()
        if (index := ispu_index(pollutant, mean, rows)) is not None
    }
    if not found:
        return None
    worst = max(found, key=lambda pollutant: found[pollutant])
    top = max(row.concentration for row in rows if row.pollutant == worst)
    return Ispu(found[worst], worst, found, category_of(found[worst], categories), means[worst] > top)


def ispu_index(pollutant: str, mean: float, rows: Sequence[IspuRow]) -> float | None:
    """One pollutant's index; the table's last one for a mean beyond it, None without breakpoints or below zero."""
    points = [row for row in rows if row.pollutant == pollutant]
    if not points or not mean >= 0:
        return None
    for below, above in pairwise(points):
        if mean <= above.concentration:
            slope = (above.index - below.index) / (above.concentration - below.concentration)
            return slope * (mean - below.concentration) + below.index
    return float(points[-1].index)


def category_of(index: float, categories: Sequence[IspuCategory]) -> IspuCategory:
    """The category of an index as it is published."""
    whole = published(index)
    return [category for category in categories if category.low <= whole][-1]


def published(index: float) -> int:
    """The whole number by which an index is told, halves up: 50.5 is 51 and thus "Sedang"."""
    return floor(index + 0.5)
