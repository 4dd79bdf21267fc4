"""How fast the world's time runs against the clock, and when each device speaks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sensors.city import Device
from sensors.kinds import KINDS
from sensors.virtual_city.world import World

_WHOLE_SECONDS = 10.0  # a device this slow speaks on a whole second
_CONSERVED = frozenset({"rain"})  # amounts that must all arrive, however fast the world lives
_GOLDEN = 0.6180339887498949  # its multiples spread evenly over a circle, however many there are


@dataclass(frozen=True, slots=True)
class Pace:
    """From `anchor` (epoch s) on the world lives `speed` seconds a second; before it, both go equally fast.

    The world is `ahead` seconds ahead of the clock at the anchor (behind it where negative): it may live another day.
    Readings are always stamped with the clock: a fast world is a city that lives fast, not one in the future.

    In a fast world a rain gauge reports all that fell in the world since its last report, so that no drop is lost and
    the rivers rise by the rain the wall shows: at 60 times, "hujan 1 jam" is the rain of up to 60 hours of the world,
    of a storm that lasts three of them simply all of it. Other amounts (vehicles, waste) are those of an interval of
    the clock, since they are read as a flow: no road passes 60 times as many cars.
    """

    anchor: float
    speed: float
    ahead: float = 0.0

    def world_time(self, clock: float) -> float:
        """The world's instant at a time of the clock."""
        lived = max(0.0, clock - self.anchor)
        return clock + self.ahead + lived * (self.speed - 1)

    def clock_time(self, world: float) -> float:
        """When by the clock (to the millisecond) the world reaches an instant."""
        clock = world - self.ahead
        if clock <= self.anchor or self.speed == 1.0:
            return clock
        return round(self.anchor + (clock - self.anchor) / self.speed, 3)

    def span(self, kind: str, interval: float, at: float) -> float:
        """The seconds of the world that an amount of this kind is of, reported at `at` for an interval of the clock."""
        return interval * self.speed if kind in _CONSERVED and at > self.anchor else interval


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
