"""Deadlines turned round: since when a case must stand where it stands to be past its deadline today.

`sensors.judge.deadline` says of one case by when it must move on. To count or list all that are late among a million,
the database needs the question the other way: for every service, status and category the stretches of time in which a
case that began there is late by now. Working days are counted here; the database only compares times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sensors.pack.calendar import ONE_DAY, Calendar
from sensors.pack.offices import Service
from sensors.pack.stages import DAYS_UNITS, OPENED, Stage

NO_CATEGORY = ""
"""Stands for a case without a category, or with one that the pack does not name."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A case of this service, status and category is late when it began within [`since`, `before`).

    It began when it was opened (`opened`), or when it came to its status. Where the stage is told in hours or minutes,
    `before` is None and it is late after `length` seconds.
    """

    service: str
    status: str
    category: str
    opened: bool
    since: datetime
    before: datetime | None
    length: float | None

    def late(self, began: datetime, now: datetime) -> bool:
        """Whether a case that began then is late; the database compares the same way."""
        if began < self.since or (self.before is not None and began >= self.before):
            return False
        return self.length is None or (now - began).total_seconds() >= self.length


def bounds_of(services: Mapping[str, Service], calendar: Calendar, today: date) -> tuple[Bound, ...]:
    """The bounds of every service; they hold for one local day."""
    return tuple(bound for service in services.values() for bound in _of_service(service, calendar, today))


def _of_service(service: Service, calendar: Calendar, today: date) -> Iterator[Bound]:
    types = {NO_CATEGORY: None} | {key: each.type for key, each in service.categories.items() if each.counts}
    for status in service.statuses.values():
        for category, kind in types.items() if status.open else ():
            versions: dict[str, list[Stage]] = {}
            for stage in service.stages:
                runs = stage.since in {OPENED, status.key} and status.key not in stage.until
                if runs and (not stage.types or kind in stage.types):
                    versions.setdefault(stage.key, []).append(stage)
            for stages in versions.values():
                for stage, later in zip(stages, [*stages[1:], None], strict=True):
                    yield _bound(service.key, status.key, category, stage, later, calendar, today)


def _bound(
    service: str, status: str, category: str, stage: Stage, later: Stage | None, calendar: Calendar, today: date
) -> Bound:
    ends = None if later is None else _begin(later.valid_from, calendar)
    length = None
    if stage.unit in DAYS_UNITS:
        first_in_time = _begin(_first_in_time(stage, calendar, today), calendar)
        ends = first_in_time if ends is None else min(ends, first_in_time)
    else:
        length = float(stage.length * (3600 if stage.unit == "hours" else 60))
    return Bound(service, status, category, stage.since == OPENED, _begin(stage.valid_from, calendar), ends, length)


def _first_in_time(stage: Stage, calendar: Calendar, today: date) -> date:
    """The first day on which a stage may have begun that need not be over yet."""
    if stage.unit == "days":
        return today - timedelta(days=stage.length)
    day = today
    while calendar.after(day - ONE_DAY, stage.length) >= today:
        day -= ONE_DAY
    return day


def _begin(day: date, calendar: Calendar) -> datetime:
    return calendar.ends(day - ONE_DAY)
