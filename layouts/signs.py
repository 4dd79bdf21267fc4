"""Where signs and names stand on the map so that they do not hide each other. All lengths are percent of the canvas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layouts.shapes import Canvas
from sensors.city import City

Spots = Mapping[str, tuple[float, float]]
"""From the left and from the top, by device."""
Name = tuple[str, tuple[float, float]]
"""A kecamatan's name and the middle of where it is written."""
Named = tuple[str, str, tuple[float, float]]
"""A gauge by its key, its name, and where its sign stands."""

_LETTER, _LINES, _LINE = 1.4, 5.5, 3.6
"""A letter's width and the height of a kecamatan's two lines and of a gauge's one, near enough to judge overlap."""
_CLOSE = 2.4
"""Within this distance two signs would hide each other."""
_MIDDLE, _WHOLE = 50.0, 100.0
_UNSEEN_PLACES = ("street-light",)
"""Feeders stand for a whole kecamatan: a dot in its middle would say nothing."""


def spots_of(city: City, canvas: Canvas) -> Spots:
    """Where each device is drawn; one at a place already taken stands just below."""
    spots: dict[str, tuple[float, float]] = {}
    for device in city.devices.values():
        if device.upstream:
            continue  # outside the city, so outside the map
        left, top = canvas.share(device.point.lat, device.point.lon)
        while any(abs(left - x) < _CLOSE and abs(top - y) < _CLOSE for x, y in spots.values()):
            top += _CLOSE
        if device.place not in _UNSEEN_PLACES:
            spots[device.key] = (left, top)
    return spots


def sides_of(gauges: Sequence[Named], names: Sequence[Name]) -> Mapping[str, bool]:
    """Which of these gauges, the worst first, are named on the map, and whether west of their sign.

    The first always is; any other only where its name hides no kecamatan's and no gauge's: in a flood of gauges the map
    shows where, and the list beside it which.
    """
    sides: dict[str, bool] = {}
    bands: list[tuple[float, float, float]] = []
    for key, name, (left, top) in gauges:
        wide = len(name) * _LETTER + 3
        west = goes_west(name, left, top, names)
        for side in (west, not west):
            low, high = (left - wide, left) if side else (left, left + wide)
            free = (
                low >= 0
                and high <= _WHOLE
                and not any(_hidden(low, high, top, each) for each in names)
                and not any(low < end and start < high and abs(top - y) < _LINE for start, end, y in bands)
            )
            if free or not bands:
                sides[key] = side
                bands.append((low, high, top))
                break
    return sides


def goes_west(name: str, left: float, top: float, names: Sequence[Name]) -> bool:
    """Whether a gauge's name hides less of the kecamatan names when it runs west of its sign; outward when equal.

    Never over the edge of the map, which would cut it.
    """
    wide = len(name) * _LETTER + 3
    if left - wide < 0 or left + wide > _WHOLE:
        return left > _MIDDLE
    west, east = (sum(_hidden(low, low + wide, top, each) for each in names) for low in (left - wide, left))
    return left < _MIDDLE if west == east else west < east


def _hidden(low: float, high: float, top: float, name: Name) -> float:
    """How much of a kecamatan's two lines (name and figure) a band from `low` to `high` would cover."""
    written, (x, y) = name
    half = len(written) * _LETTER / 2
    return max(0.0, min(high, x + half) - max(low, x - half)) if abs(top - y) < _LINES else 0.0
