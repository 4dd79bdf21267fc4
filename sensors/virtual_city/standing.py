"""Where water stands on the roads: around every gauge of the city whose river has left its calm."""

from __future__ import annotations

import math
from functools import lru_cache

from sensors.city import Device, Point
from sensors.virtual_city.waters import bounds, raised_thresholds, swell
from sensors.virtual_city.weather import KM_PER_DEGREE, Weather

_KNOT = 600.0  # s: water on a road does not come or go faster than this matters
_FLOODS_KM = 1.6  # how far from its gauge a river floods, one standard deviation


def flooding(seed: int, sky: Weather, place: Point, at: float) -> float:
    """How much standing water hinders whoever is at a place, 0 (dry) to 1 (beside a river at its last step)."""
    most = 0.0
    for gauge, much in _standing(seed, sky, math.floor(at / _KNOT)):
        most = max(most, much * flooded(gauge.point, place, sky.extent.km_per_lon))
    return most


def flooded(gauge: Point, place: Point, km_per_lon: float) -> float:
    """How likely water from this gauge's river stands at a place, 1 at the gauge itself."""
    north, east = (place.lat - gauge.lat) * KM_PER_DEGREE, (place.lon - gauge.lon) * km_per_lon
    return math.exp(-(north * north + east * east) / (2 * _FLOODS_KM * _FLOODS_KM))


@lru_cache(maxsize=4096)
def _standing(seed: int, sky: Weather, knot: int) -> tuple[tuple[Device, float], ...]:
    """The gauges above calm and how far each is between its first raised step (0) and its last (1)."""
    found: list[tuple[Device, float]] = []
    for gauge in sky.city.devices.values():
        raised = raised_thresholds(gauge.ladder)
        if "water_level" not in gauge.kinds or gauge.upstream or not raised:
            continue
        base, top = bounds(gauge.ladder)
        level = base + (top - base) * swell(seed, sky, gauge, knot * _KNOT)
        if level > raised[0]:
            found.append((gauge, min(1.0, (level - raised[0]) / max(top - raised[0], 1.0))))
    return tuple(found)
