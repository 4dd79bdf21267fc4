"""Where rivers rise: when a gauge of the city reaches a worse step of its ladder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sensors.city import Device
from sensors.virtual_city.daytime import DAY
from sensors.virtual_city.waters import raised_thresholds
from sensors.virtual_city.world import World

KIND = "water_level"
_LOOK = 3600.0  # s between looks at a gauge
_CALM = 6  # looks for which it must have been lower: ripples about a threshold are one rise
_SURE = 60.0  # s to which the instant of a rise is worked out
_RUNS_OFF = 3  # days after which rain no longer raises a river


@dataclass(frozen=True, slots=True)
class Rise:
    """A gauge is at a worse step from `at` on (epoch s, to a minute); `step` counts from 1, the first above calm."""

    at: float
    gauge: Device
    step: int


@lru_cache(maxsize=64)
def rises(world: World, day: int) -> tuple[Rise, ...]:
    """The rises of all gauges of the city itself on one local day; one that rises fast passes several steps an hour."""
    if not any(any(world.sky.day(day - back)) for back in range(_RUNS_OFF + 1)):
        return ()
    found: list[Rise] = []
    starts = world.sky.local.instant(day, 0)
    looks = [starts + number * _LOOK for number in range(-_CALM, round(DAY / _LOOK) + 1)]
    for gauge in world.city.devices.values():
        if gauge.ladder is None or gauge.upstream or KIND not in gauge.kinds:
            continue
        steps = [_step(world, gauge, at) for at in looks]
        for number in range(_CALM, len(looks) - 1):
            highest = max(steps[number + 1 - _CALM : number + 1])
            passed = range(highest + 1, steps[number + 1] + 1)
            found += [Rise(_reached(world, gauge, step, looks[number]), gauge, step) for step in passed]
    return tuple(found)


def _reached(world: World, gauge: Device, step: int, since: float) -> float:
    low, high = since, since + _LOOK
    while high - low > _SURE:
        middle = (low + high) / 2
        low, high = (low, middle) if _step(world, gauge, middle) >= step else (middle, high)
    return float(round(high))


def _step(world: World, gauge: Device, at: float) -> int:
    level = world.value(gauge, KIND, at, _LOOK)
    return sum(level >= threshold for threshold in raised_thresholds(gauge.ladder))
