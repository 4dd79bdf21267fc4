"""Rivers: rain here and upstream arrives as waves that rise fast, fall slowly and come later downstream.

The rivers of the plain run north to the Java Sea, so a gauge's latitude says how far downstream it stands. A gauge
upstream, outside the city, sees only the rain of the hills, and sees it first.
"""

from __future__ import annotations

import math

from sensors.city import Device, Ladder
from sensors.virtual_city.chance import draw
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.weather import Weather

_MEMORY = 3 * DAY  # a wave older than this has run off
_CELERITY = 4.0  # km/h that a flood wave travels in these flat, weir-held reaches
# Part of a river's flow that comes from the hills of Bogor; what is not named here drains the city's own rain.
_FROM_HILLS = {"cisadane": 0.85, "angke": 0.5, "cirarab": 0.35}
_FULL_MM = 110.0  # rain whose wave reaches a gauge's last step
_HILL_LAG = 3.0 * HOUR  # from the hills to the city's southern edge
_UPSTREAM_LAG = 0.2 * HOUR  # from the hills to a gauge upstream
_PLAIN = (115.0, 300.0)  # usual level and last step (cm) of a gauge without a ladder


def swell(seed: int, sky: Weather, gauge: Device, at: float) -> float:
    """How far the river has risen: 0 as usual, 1 at the last step of the gauge's ladder."""
    if gauge.upstream:
        return _from_hills(sky, at, _UPSTREAM_LAG)
    extent, point = sky.extent, gauge.point
    east, north = extent.east_km(point.lon), max(0.0, extent.north_km(point.lat))
    hills = _hills(gauge.river)
    here = (0.3 + 0.7 * draw(seed, gauge.key, "drain")) * HOUR
    risen = hills * _from_hills(sky, at, _HILL_LAG + north / _CELERITY * HOUR)
    for cell in sky.cells(at - _MEMORY, at):
        age = at - cell.passes(east) - here
        risen += (1 - hills) * cell.total_mm(north) / _FULL_MM * _wave(age, 0.6 * HOUR, 5 * HOUR)
    return risen


def bounds(ladder: Ladder | None) -> tuple[float, float]:
    """The usual level of a gauge and that of its last step, in the unit of its ladder."""
    raised = raised_thresholds(ladder)
    if not raised:
        return _PLAIN
    span = max(raised[-1] - raised[0], 0.2 * abs(raised[-1]))
    return max(raised[0] - 0.8 * span, 0.45 * raised[0]), raised[-1]


def raised_thresholds(ladder: Ladder | None) -> list[float]:
    """The thresholds above calm, rising; none without a ladder."""
    steps = ladder.steps if ladder else ()
    calmest = max((step.level for step in steps), default=0)
    return sorted(step.threshold for step in steps if step.level < calmest)


def _from_hills(sky: Weather, at: float, lag: float) -> float:
    bursts = sky.bursts(at - _MEMORY, at)
    return sum(burst.mm / _FULL_MM * _wave(at - burst.at - lag, 1.8 * HOUR, 13 * HOUR) for burst in bursts)


def _wave(age: float, rise: float, fall: float) -> float:
    if age <= 0:
        return 0.0
    peak_age = math.log(fall / rise) * rise * fall / (fall - rise)
    peak = math.exp(-peak_age / fall) - math.exp(-peak_age / rise)
    return (math.exp(-age / fall) - math.exp(-age / rise)) / peak


def _hills(river: str | None) -> float:
    words = (river or "").lower()
    return next((share for name, share in _FROM_HILLS.items() if name in words), 0.0)
