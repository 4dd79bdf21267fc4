"""Whose turn it is: the shift that runs at a moment, from when until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sensors.pack.shifts import Shift

WHOLE_DAY = Shift("sehari", "Sehari", time(), date.min, "", sample=True)
"""What holds where a pack names no shifts."""
_DAYS = (-1, 0, 1)
"""A shift that runs may have begun the day before, and the next one may begin the day after."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift on one day, from `begins_at` up to before `ends_at`."""

    shift: Shift
    begins_at: datetime
    ends_at: datetime


def turn_at(shifts: Sequence[Shift], zone: ZoneInfo, at: datetime) -> Turn:
    """The turn that runs at a moment. The one after it runs at its `ends_at`."""
    today = at.astimezone(zone).date()
    begun = [
        (datetime.combine(day, shift.begins, zone), shift)
        for day in (today + timedelta(days=back) for back in _DAYS)
        for shift in _plan(shifts, day)
    ]
    now = max(number for number, (begins_at, _) in enumerate(begun) if begins_at <= at)
    return Turn(begun[now][1], begun[now][0], begun[now + 1][0])


def _plan(shifts: Sequence[Shift], day: date) -> Sequence[Shift]:
    """The shifts of a day; before the first plan its own hold already."""
    if not shifts:
        return (WHOLE_DAY,)
    newest = max((each.valid_from for each in shifts if each.valid_from <= day), default=None)
    held = newest or min(each.valid_from for each in shifts)
    return [each for each in shifts if each.valid_from == held]
