"""How many alarms people can bear: alarm_limits.csv, each figure dated and with its source."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from sensors.pack.entry import CityError, once
from sensors.pack.files import entries, shown

COLUMNS = ("key", "value", "unit", "valid_from", "source")
_MOST = 100_000
_TEN, _HOUR, _TIME, _OF_ALL = "alarms in 10 minutes", "alarms an hour", "percent of time", "percent of alarms"
_UNITS = {
    "flood_above": _TEN, "flood_below": _TEN, "hourly_good": _HOUR, "hourly_most": _HOUR, "flood_time": _TIME,
    "standing": "hours", "chatter": "alarms in a minute", "share_high": _OF_ALL, "share_medium": _OF_ALL,
    "share_rule": _OF_ALL, "escalate_high": "minutes", "escalate_medium": "minutes",
}  # fmt: skip
"""In which unit each figure is: one in another is refused, not converted."""


@dataclass(frozen=True, slots=True)
class AlarmLimits:
    """Alarms in ten minutes that begin and end a flood; alarms an hour; percent of time in flood.

    `standing`: hours after which an alarm is stale; `chatter`:
    alarms of one source in a minute; `share_*`: percent of all alarms;
    `escalate_*`: minutes after which one that nobody acknowledges goes to the next on duty.
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
    escalate_high: float
    escalate_medium: float


def read_alarm_limits(path: Path) -> AlarmLimits:
    """Every figure once. Raises `CityError` for one that is missing."""
    names, found = [field.name for field in fields(AlarmLimits)], dict[str, float]()
    for line in entries(path, COLUMNS):
        once(line, "key", found)
        line.text("source")
        line.day("valid_from")
        key = line.known("key", names)
        line.known("unit", (_UNITS[key],))
        found[key] = line.number("value", 0, _MOST)
    if missing := [name for name in names if name not in found]:
        raise CityError(f"{shown(path)}: found no line for {missing[0]!r}, expected one of each: {', '.join(names)}")
    return AlarmLimits(**found)
