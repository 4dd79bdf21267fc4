"""Rivers at a gauge: rain here and upstream arrives as waves that rise fast, fall slowly and come later downstream.

The rivers of the plain run north to the Java Sea, so a gauge's latitude says how far downstream it stands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from sensors.city import Ladder
from sensors.virtual_city.chance import draw
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.moment import Model, Moment

_MEMORY = 3 * DAY  # a wave older than this has run off
_CELERITY = 4.0  # km/h that a flood wave travels in these flat, weir-held reaches
# Part of a river's flow that comes from the hills of Bogor; what is not named here drains the city's own rain.
_FROM_HILLS = {"cisadane": 0.85, "angke": 0.5, "cirarab": 0.35}
_FULL_MM = 110.0  # rain whose wave reaches a gauge's last step
_HILL_LAG = 3.0 * HOUR  # from the hills to the city's southern edge
_PLAIN = (115.0, 300.0)  # usual level and last step (cm) of a gauge without a ladder


def water_level(moment: Moment) -> float:
    """Height of the water in the gauge's unit."""
    base, top = _bounds(moment.device.ladder)
    ripple = 0.015 * moment.drift("ripple", 20 * 60) + 0.03 * moment.drift("gate", 9 * HOUR)
    return base + (top - base) * (swell(moment) + ripple) + 0.3 * moment.bell("staff")


def water_flow(moment: Moment) -> float:
    """Discharge in m³/s: 50 to 100 is usual, 424.5 was a flood (republika nxkjye346)."""
    return 70 + 20 * moment.drift("flow", 12 * HOUR) + 330 * math.pow(max(0.0, swell(moment)), 1.3)


def swell(moment: Moment) -> float:
    """How far the river has risen: 0 as usual, 1 at the last step of the gauge's ladder."""
    extent, point = moment.sky.extent, moment.device.point
    east, north = extent.east_km(point.lon), max(0.0, extent.north_km(point.lat))
    hills = _hills(moment.device.river)
    here = (0.3 + 0.7 * draw(moment.seed, moment.device.key, "drain")) * HOUR
    risen = 0.0
    for cell in moment.sky.cells(moment.at - _MEMORY, moment.at):
        age = moment.at - cell.passes(east) - here
        risen += (1 - hills) * cell.total_mm(north) / _FULL_MM * _wave(age, 0.6 * HOUR, 5 * HOUR)
    for burst in moment.sky.bursts(moment.at - _MEMORY, moment.at):
        age = moment.at - burst.at - _HILL_LAG - north / _CELERITY * HOUR
        risen += hills * burst.mm / _FULL_MM * _wave(age, 1.8 * HOUR, 13 * HOUR)
    return risen


def _wave(age: float, rise: float, fall: float) -> float:
    if age <= 0:
        return 0.0
    peak_age = math.log(fall / rise) * rise * fall / (fall - rise)
    peak = math.exp(-peak_age / fall) - math.exp(-peak_age / rise)
    return (math.exp(-age / fall) - math.exp(-age / rise)) / peak


def _hills(river: str | None) -> float:
    words = (river or "").lower()
    return next((share for name, share in _FROM_HILLS.items() if name in words), 0.0)


def _bounds(ladder: Ladder | None) -> tuple[float, float]:
    if ladder is None or not ladder.steps:
        return _PLAIN
    calmest = max(step.level for step in ladder.steps)
    raised = sorted(step.threshold for step in ladder.steps if step.level < calmest)
    if not raised:
        return _PLAIN
    span = max(raised[-1] - raised[0], 0.2 * abs(raised[-1]))
    return max(raised[0] - 0.8 * span, 0.45 * raised[0]), raised[-1]


MODELS: Mapping[str, Model] = {"water_level": water_level, "water_flow": water_flow}
