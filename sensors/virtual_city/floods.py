"""Where rivers rise: when a gauge reaches a worse step of its ladder, and how far around it water then stands."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sensors.city import Device, Point
from sensors.virtual_city.daytime import DAY
from sensors.virtual_city.weather import KM_PER_DEGREE
from sensors.virtual_city.world import World

KIND = "water_level"
_LOOK = 3600.0  # s between looks at a gauge
_CALM = 6  # looks for which it must have been lower: ripples about a threshold are one rise
_SURE = 60.0  # s to which the instant of a rise is worked out
_RUNS_OFF = 3  # days after which rain no longer raises a river
_FLOODS_KM = 1.6  # how far from its gauge a river floods, one standard deviation


@dataclass(frozen=True, slots=True)
class Rise:
    """A gauge is at a worse step from `at` on (epoch s, to a minute); `step` counts from 1, the first above calm."""

    at: float
    gauge: Device
    step: int


def rises(world: World, day: int) -> Iterator[Rise]:
    """The rises of all gauges of the pack on one local day; a gauge that rises fast passes several steps in an hour."""
    if not any(any(world.sky.day(day - back)) for back in range(_RUNS_OFF + 1)):
        return
    starts = world.sky.local.instant(day, 0)
    looks = [starts + number * _LOOK for number in range(-_CALM, round(DAY / _LOOK) + 1)]
    for gauge in world.city.devices.values():
        if gauge.ladder is None or KIND not in gauge.kinds:
            continue
        steps = [_step(world, gauge, at) for at in looks]
        for number in range(_CALM, len(looks) - 1):
            highest = max(steps[number + 1 - _CALM : number + 1])
            for step in range(highest + 1, steps[number + 1] + 1):
                yield Rise(_reached(world, gauge, step, looks[number]), gauge, step)


def flooded(gauge: Point, place: Point, km_per_lon: float) -> float:
    """How likely water from this gauge's river stands at a place, 1 at the gauge itself."""
    north, east = (place.lat - gauge.lat) * KM_PER_DEGREE, (place.lon - gauge.lon) * km_per_lon
    return math.exp(-(north * north + east * east) / (2 * _FLOODS_KM * _FLOODS_KM))


def _reached(world: World, gauge: Device, step: int, since: float) -> float:
    low, high = since, since + _LOOK
    while high - low > _SURE:
        middle = (low + high) / 2
        low, high = (low, middle) if _step(world, gauge, middle) >= step else (middle, high)
    return float(round(high))


def _step(world: World, gauge: Device, at: float) -> int:
    level = world.value(gauge, KIND, at, _LOOK)
    steps = gauge.ladder.steps if gauge.ladder else ()
    calmest = max((step.level for step in steps), default=0)
    return sum(step.level < calmest and level >= step.threshold for step in steps)
