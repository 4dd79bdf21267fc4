"""Small pictures as SVG data addresses: sparklines and paired day bars. No script draws them, so they are free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

WIDTH, HEIGHT, MARGIN = 120.0, 32.0, 3.0
_OPEN = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none">'
_KEEP = 'vector-effect="non-scaling-stroke"'


@dataclass(frozen=True, slots=True)
class Mark:
    """A level worth seeing behind a curve, in the curve's unit."""

    value: float
    colour: str


def address(svg: str) -> str:
    """An SVG document as the `src` of an image."""
    return "data:image/svg+xml," + quote(svg, safe="<>/ ='\":;,.()-")


def curve(values: Sequence[float | None], colour: str, marks: Sequence[Mark] = (), floor: float | None = None) -> str:
    """A sparkline of evenly spaced values; gaps stay gaps, the last value is a dot, marks are dashed lines.

    `floor` keeps a quiet series from filling the height: the least span of the scale in the values' unit.
    """
    return _curve(tuple(values), colour, tuple(marks), floor)


@lru_cache(maxsize=512)  # a panel is drawn at every commit, its trends change every minute
def _curve(values: tuple[float | None, ...], colour: str, marks: tuple[Mark, ...], floor: float | None) -> str:
    there = [value for value in values if value is not None]
    if not there:
        return address(f"{_OPEN}</svg>")
    low, high = _span([*there, *(mark.value for mark in _near(marks, there, floor))], floor)
    place = _Scale(len(values), low, high)
    lines = "".join(
        _stroke(f"M0 {place.y(mark.value)}H{WIDTH:g}", mark.colour, 'stroke-dasharray="3 3" opacity=".8"')
        for mark in _near(marks, there, floor)
    )
    last = max(i for i, value in enumerate(values) if value is not None)
    dot = _stroke(f"M{place.x(last)} {place.y(there[-1])}h0", colour, 'stroke-width="6" stroke-linecap="round"')
    path = _stroke(_path(values, place), colour, 'stroke-width="2" stroke-linejoin="round"')
    return address(f"{_OPEN}{lines}{path}{dot}</svg>")


def pairs(days: Sequence[tuple[float, float]], first: str, second: str) -> str:
    """Two bars a day side by side (e.g. opened and finished), on one scale from zero."""
    most = max((max(pair) for pair in days), default=0.0) or 1.0
    step = WIDTH / max(len(days), 1)
    bars = "".join(
        _bar(i * step + offset * step, value / most, step * 0.34, colour)
        for i, pair in enumerate(days)
        for offset, value, colour in ((0.12, pair[0], first), (0.5, pair[1], second))
    )
    return address(f"{_OPEN}{bars}</svg>")


def columns(values: Sequence[float | None], colour: str, last: str, marks: Sequence[Mark] = ()) -> str:
    """One bar a value from zero, the last in a colour of its own (a day under way); marks are dashed lines."""
    most = max([value for value in values if value is not None] + [mark.value for mark in marks], default=0.0) or 1.0
    step = WIDTH / max(len(values), 1)
    bars = "".join(
        _bar(i * step + 0.14 * step, max(value, 0.0) / most, step * 0.72, last if i == len(values) - 1 else colour)
        for i, value in enumerate(values)
        if value is not None
    )
    lines = "".join(
        _stroke(f"M0 {HEIGHT - mark.value / most * (HEIGHT - 1):.1f}H{WIDTH:g}", mark.colour, 'stroke-dasharray="4 3"')
        for mark in marks
    )
    return address(f"{_OPEN}{bars}{lines}</svg>")


@dataclass(frozen=True, slots=True)
class _Scale:
    count: int
    low: float
    high: float

    def x(self, index: int) -> str:
        share = index / max(self.count - 1, 1)
        return f"{MARGIN + share * (WIDTH - 2 * MARGIN):.1f}"

    def y(self, value: float) -> str:
        share = (value - self.low) / (self.high - self.low)
        return f"{HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN):.1f}"


def _span(values: Sequence[float], floor: float | None) -> tuple[float, float]:
    low, high = min(values), max(values)
    least = floor or max(abs(high) * 0.02, 1e-9)
    missing = max(least - (high - low), 0.0)
    return low - missing / 2, high + missing / 2


def _near(marks: Sequence[Mark], values: Sequence[float], floor: float | None) -> list[Mark]:
    """Only marks the series could soon reach: a far one would flatten the curve."""
    low, high = _span(values, floor)
    reach = (high - low) * 1.5
    return [mark for mark in marks if low - reach <= mark.value <= high + reach]


def _path(values: Sequence[float | None], place: _Scale) -> str:
    steps, drawing = [], False
    for index, value in enumerate(values):
        if value is not None:
            steps.append(f"{'L' if drawing else 'M'}{place.x(index)} {place.y(value)}")
        drawing = value is not None
    return "".join(steps)


def _stroke(path: str, colour: str, style: str) -> str:
    return f'<path d="{path}" fill="none" stroke="{colour}" {style} {_KEEP}/>'


def _bar(left: float, share: float, width: float, colour: str) -> str:
    height = max(share * (HEIGHT - 1), 0.6)
    return f'<rect x="{left:.1f}" y="{HEIGHT - height:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'
