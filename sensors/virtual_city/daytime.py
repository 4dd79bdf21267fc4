"""Local time of the city as the models need it: the day, the hour, the sun, profiles over 24 hours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

DAY = 86400.0
HOUR = 3600.0
SATURDAY = 5
_COOLEST, _RISING = 5.5, 8.0  # local hour, and hours from it to the warmest


@dataclass(frozen=True, slots=True)
class LocalTime:
    """Converts epoch seconds to the zone's days (proleptic ordinals) and hours (0 to 24), and back."""

    zone: ZoneInfo

    def day(self, at: float) -> int:
        """The local day this instant belongs to."""
        return datetime.fromtimestamp(at, self.zone).toordinal()

    def hour(self, at: float) -> float:
        """The local hour of the day with its fraction."""
        local = datetime.fromtimestamp(at, self.zone)
        return local.hour + local.minute / 60 + local.second / 3600

    def weekend(self, at: float) -> bool:
        """Whether this instant falls on a Saturday or Sunday."""
        return datetime.fromtimestamp(at, self.zone).weekday() >= SATURDAY

    def instant(self, day: int, hour: float) -> float:
        """Epoch seconds of this hour (may pass 24) of a local day."""
        return datetime.combine(date.fromordinal(day), time(), self.zone).timestamp() + hour * HOUR

    def stamp(self, at: float) -> str:
        """RFC 3339 with the zone's offset, in milliseconds only where they are needed."""
        exact = "seconds" if at == int(at) else "milliseconds"
        return datetime.fromtimestamp(at, self.zone).isoformat(timespec=exact)


def profile(values: tuple[float, ...], hour: float) -> float:
    """The value at this hour of a day described by its full hours, joined by straight lines and closed at midnight."""
    first, part = divmod(hour, 1.0)
    before = values[int(first) % len(values)]
    return before + (values[(int(first) + 1) % len(values)] - before) * part


def warmth(hour: float) -> float:
    """How far the day has warmed up, 0 before sunrise (05:30) to 1 in the early afternoon (13:30)."""
    risen = (hour - _COOLEST) % 24
    if risen < _RISING:
        return (1 - math.cos(math.pi * risen / _RISING)) / 2
    return (1 + math.cos(math.pi * (risen - _RISING) / (24 - _RISING))) / 2


def month(day: int) -> int:
    """The month, 1 to 12, of a local day."""
    return date.fromordinal(day).month


def utc(at: float) -> datetime:
    """The instant as an aware datetime."""
    return datetime.fromtimestamp(at, UTC)
