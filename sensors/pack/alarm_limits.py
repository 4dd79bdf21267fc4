"""How many alarms people can bear: alarm_limits.csv, each figure dated and with its source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sensors.pack.figures import read_figures

_MOST = 100_000
_TEN, _HOUR, _TIME, _OF_ALL = "alarms in 10 minutes", "alarms an hour", "percent of time", "percent of alarms"
_UNITS = {
    "flood_above": _TEN, "flood_below": _TEN, "hourly_good": _HOUR, "hourly_most": _HOUR, "flood_time": _TIME,
    "standing": "hours", "before": "hours", "chatter": "alarms in a minute", "share_high": _OF_ALL,
    "share_medium": _OF_ALL, "share_rule": _OF_ALL, "escalate_high": "minutes", "escalate_medium": "minutes",
}  # fmt: skip
"""In which unit each figure is."""


@dataclass(frozen=True, slots=True)
class AlarmLimits:
    """Alarms in ten minutes that begin and end a flood; alarms an hour; percent of time in flood.

    `standing`: hours after which an alarm is stale; `before`: hours before an alarm in which its cause is looked for;
    `chatter`: alarms of one source in a minute; `share_*`: percent of all alarms;
    `escalate_*`: minutes after which one that nobody acknowledges goes to the next on duty.
    """

    flood_above: float
    flood_below: float
    hourly_good: float
    hourly_most: float
    flood_time: float
    standing: float
    before: float
    chatter: float
    share_high: float
    share_medium: float
    share_rule: float
    escalate_high: float
    escalate_medium: float


def read_alarm_limits(path: Path) -> AlarmLimits:
    """Every figure once. Raises `CityError` for one that is missing."""
    return AlarmLimits(**{key: line.number("value", 0, _MOST) for key, line in read_figures(path, _UNITS).items()})
