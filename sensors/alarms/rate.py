"""A value that rises or falls faster than a bound, measured over a span of its own readings."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sensors.alarm import AlarmRule, Episode, Source, minutes, source_of
from sensors.kinds import KINDS
from sensors.latch import Bounds, Latch
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "rate"
KEYS = ("value_of", "devices", "side", "per_hour", "clear_per_hour", "over_minutes", "on_minutes", "off_minutes")
_STEEPEST = 1e9


@dataclass(frozen=True, slots=True)
class Rate:
    """`bounds` in the unit of `kind` an hour, positive for what rises; of the change over `span`."""

    kind: str
    devices: tuple[str, ...]
    span: timedelta
    bounds: Bounds


@dataclass(slots=True)
class RateWatch:
    """A latch of the change. Before half of the span has been seen there is none to speak of."""

    source: Source
    span: timedelta
    latch: Latch
    _seen: deque[tuple[datetime, float]] = field(default_factory=deque)

    def take(self, at: datetime, value: float) -> None:
        """See the next reading."""
        self._seen.append((at, value))
        while len(self._seen) > 2 and at - self._seen[1][0] >= self.span:  # noqa: PLR2004 - two ends
            self._seen.popleft()
        first_at, first = self._seen[0]
        if at - first_at >= self.span / 2:
            self.latch.take(at, (value - first) / ((at - first_at) / timedelta(hours=1)))

    def resume(self, began: datetime, value: float | None, worst: float | None) -> None:
        """Go on from an alarm that is known to be open."""
        self.latch.resume(began, value, worst)

    def stop(self, at: datetime) -> None:
        """From then on nothing counts, and what comes after is compared with nothing before."""
        self._seen.clear()
        self.latch.stop(at)

    def advance(self, now: datetime) -> datetime | None:
        """Let time pass."""
        return self.latch.advance(now)

    def episodes(self) -> list[Episode]:
        """What was found so far."""
        return self.latch.episodes()


def read(entry: Entry, devices: Mapping[str, Device]) -> Rate:
    """Raises `CityError` where the clearing bound lies beyond the one that begins it."""
    kind = entry.known("value_of", KINDS)
    above = entry.known("side", ("above", "below")) == "above"
    reach, clear = (entry.number(name, -_STEEPEST, _STEEPEST) for name in ("per_hour", "clear_per_hour"))
    if (clear > reach) is above and clear != reach:
        raise entry.wrong("clear_per_hour", "a bound on the good side of per_hour, or the same")
    span = minutes(entry, "over_minutes")
    if not span:
        raise entry.wrong("over_minutes", "a span of more than 0 minutes")
    bounds = Bounds(reach, clear, above, minutes(entry, "on_minutes"), minutes(entry, "off_minutes"))
    named = entry.known_all("devices", devices) if entry.cells["devices"] else ()
    return Rate(kind, named, span, bounds)


def watches(rule: AlarmRule, city: City) -> Mapping[tuple[str, str], RateWatch]:
    """One a device."""
    told: Rate = rule.bounds
    found: dict[tuple[str, str], RateWatch] = {}
    for device in city.devices.values():
        if told.kind in device.kinds and (not told.devices or device.key in told.devices):
            source = source_of(device, told.kind)
            found[device.key, told.kind] = RateWatch(source, told.span, Latch(source, told.bounds))
    return found
