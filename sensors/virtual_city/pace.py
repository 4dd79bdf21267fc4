"""How fast the world's time runs against the clock, and when each device speaks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sensors.city import Device
from sensors.kinds import KINDS
from sensors.virtual_city.world import World

_WHOLE_SECONDS = 10.0  # a device this slow speaks on a whole second
_GOLDEN = 0.6180339887498949  # its multiples spread evenly over a circle, however many there are


@dataclass(frozen=True, slots=True)
class Pace:
    """From `anchor` (epoch s) on the world lives `speed` seconds a second; before it, world and clock agree.

    Readings are always stamped with the clock: a fast world is a city that lives fast, not one in the future.
    """

    anchor: float
    speed: float

    def world_time(self, clock: float) -> float:
        """The world's instant at a time of the clock."""
        return clock if clock <= self.anchor else self.anchor + (clock - self.anchor) * self.speed

    def clock_time(self, world: float) -> float:
        """When by the clock (to the millisecond) the world reaches an instant."""
        if world <= self.anchor or self.speed == 1.0:
            return world
        return round(self.anchor + (world - self.anchor) / self.speed, 3)


@dataclass(frozen=True, slots=True)
class Beat:
    """The kinds that one device reports together, every `interval` seconds, at its own phase."""

    device: Device
    kinds: tuple[str, ...]
    interval: float
    phase: float

    def slot_after(self, at: float) -> int:
        """The number of the first slot later than an instant."""
        return math.floor((at - self.phase) / self.interval) + 1

    def instant(self, slot: int) -> float:
        """When a slot is (epoch s, to the millisecond)."""
        return round(self.phase + slot * self.interval, 3)


def beats(world: World, rate: float | None) -> tuple[Beat, ...]:
    """When each device of the pack speaks: as its kinds say, or so often that all make `rate` messages a second."""
    together: dict[tuple[str, float], list[str]] = {}
    for device in world.city.devices.values():
        for kind in device.kinds:
            together.setdefault((device.key, KINDS[kind].expected_interval.total_seconds()), []).append(kind)
    natural = sum(1 / interval for _, interval in together)
    shrink = 1.0 if rate is None else natural / rate
    return tuple(
        Beat(world.city.devices[key], tuple(kinds), interval * shrink, _phase(number, interval * shrink))
        for number, ((key, interval), kinds) in enumerate(together.items())
    )


def _phase(number: int, interval: float) -> float:
    phase = number * _GOLDEN % 1 * interval
    return float(round(phase)) if interval >= _WHOLE_SECONDS else phase
