"""How many alarms people can bear: alarm_limits.csv, each figure dated and with its source."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from sensors.pack.entry import CityError, once
from sensors.pack.files import entries, shown

COLUMNS = ("key", "value", "unit", "valid_from", "source")
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class AlarmLimits:
    """Alarms in ten minutes that begin and end a flood; alarms an hour; percent of time in flood.

    `standing`: hours after which an alarm is stale; `chatter`: alarms of one source in a minute; `share_*`: percent of all alarms.
    """

    flood_above: float
    flood_below: float
    hourly_good: float
    hourly_most: float
    flood_time: float
    standing: float
    chatter: float
    share_high: float
    share_medium: float
    share_rule: float


def read_alarm_limits(path: Path) -> AlarmLimits:
    """Every figure once. Raises `CityError` for one that is missing."""
    names, found = [field.name for field in fields(AlarmLimits)], dict[str, float]()
    for line in entries(path, COLUMNS):
        once(line, "key", found)
        line.text("source")
        line.text("unit")
        line.day("valid_from")
        found[line.known("key", names)] = line.number("value", 0, _MOST)
    if missing := [name for name in names if name not in found]:
        raise CityError(f"{shown(path)}: found no line for {missing[0]!r}, expected one of each: {', '.join(names)}")
    return AlarmLimits(**found)
