"""By when a case must move on, and by which rule: the stages of its service on the city's working days.

Stages of SP4N-LAPOR! (verification 3 working days; complaints 14, such that need supervision 60) and of every other
service are the pack's rows, each with regulation, first day and source. A day limit counts from the day after the
event (that day itself does not count) and is over at midnight after its last day; hours and minutes count at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sensors.pack.calendar import Calendar
from sensors.pack.offices import Service
from sensors.pack.stages import DAYS_UNITS, OPENED, Stage


@dataclass(frozen=True, slots=True)
class CaseTimes:
    """What of a case counts for its deadlines; times are aware."""

    status: str
    opened_at: datetime
    status_at: datetime
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The stage that must end first: `at` is the first instant too late, `day` the last day on which it may end."""

    stage: Stage
    at: datetime
    day: date

    def remaining(self, now: datetime) -> timedelta:
        """Time left; negative once it is too late."""
        return self.at - now

    def overdue(self, now: datetime) -> bool:
        """Whether the time is over."""
        return now >= self.at


def judge_deadline(case: CaseTimes, service: Service, calendar: Calendar) -> Due | None:
    """The next deadline of an open case; None when it is closed, no incident, or no stage holds for it."""
    if not service.statuses[case.status].open:
        return None
    dues = [due_of(stage, since, calendar) for stage, since in _running(case, service, calendar)]
    return min(dues, key=lambda due: (due.at, due.stage.key), default=None)


def judge_fulfilment(case: CaseTimes, service: Service, calendar: Calendar) -> Due | None:
    """By when an open case must be done, whatever it must pass before; None when no stage says so, or it is closed."""
    if not service.statuses[case.status].open:
        return None
    last = ((stage, since) for stage, since in _running(case, service, calendar) if _ends_it(stage, service))
    return min((due_of(*each, calendar) for each in last), key=lambda due: (due.at, due.stage.key), default=None)


def due_of(stage: Stage, since: datetime, calendar: Calendar) -> Due:
    """When a stage that began at `since` must have ended."""
    if stage.unit in DAYS_UNITS:
        start = calendar.local_day(since)
        working = stage.unit == "working-days"
        last = calendar.after(start, stage.length) if working else start + timedelta(days=stage.length)
        return Due(stage, calendar.ends(last), last)
    length = timedelta(hours=stage.length) if stage.unit == "hours" else timedelta(minutes=stage.length)
    at = since + length
    return Due(stage, at, calendar.local_day(at))


def _ends_it(stage: Stage, service: Service) -> bool:
    """Whether only closing the case ends the stage."""
    return all(not service.statuses[status].open for status in stage.until)


def _running(case: CaseTimes, service: Service, calendar: Calendar) -> Iterator[tuple[Stage, datetime]]:
    """The stages that hold for the case and have not ended, each with its beginning; of each key the row then valid."""
    category = service.categories.get(case.category or "")
    if category is not None and not category.counts:
        return
    entered = {OPENED: case.opened_at, case.status: case.status_at}
    found: dict[str, tuple[Stage, datetime]] = {}
    for stage in service.stages:
        since = entered.get(stage.since)
        if since is None or case.status in stage.until:
            continue
        if stage.types and (category is None or category.type not in stage.types):
            continue
        if calendar.local_day(since) >= stage.valid_from:
            found[stage.key] = stage, since
    yield from found.values()
