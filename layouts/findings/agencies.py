"""Every agency over all services: what is open, waiting and past its deadline, and how long its cases took."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from layouts.findings.cases import NO_AGENCY
from layouts.findings.deadlines import Deadlines, deadlines_of
from layouts.findings.services import DAYS, is_case
from layouts.panel import Row, Rows
from sensors.city import City


@dataclass(frozen=True, slots=True)
class Span:
    """The median seconds of `n` cases, out of `of` that were opened; elapsed time, nights and weekends included."""

    seconds: float | None
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """An agency's cases. `by_service` are the open ones, `dated` those of them that have a deadline.

    `first` is the time to the first action, `done` the time until it was done, of cases opened in the last 30
    days; `days` are cases opened and ended on each of the last 14 local days, today last.
    """

    key: str
    open: int
    waiting: int
    overdue: int
    dated: int
    sample: bool
    oldest: datetime | None
    by_service: Mapping[str, int]
    first: Span
    done: Span
    days: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Agencies:
    """All agencies that have had cases, the one with most past their deadline first, and the deadlines of all cases."""

    figures: tuple[AgencyFigures, ...]
    deadlines: Deadlines
    newest: datetime | None


@dataclass(slots=True)
class _Tally:
    """What is added up of one agency."""

    by_service: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    overdue: int = 0
    dated: int = 0
    sample: bool = False
    oldest: datetime | None = None
    opened: int = 0
    acted_after: list[float] = field(default_factory=list)
    done_after: list[float] = field(default_factory=list)
    days: dict[date, tuple[int, int]] = field(default_factory=dict)


def agencies_of(rows: Rows, city: City, now: datetime) -> Agencies:
    """The agencies of all services by `service_open`, `agency_times` and `agency_days`, without calls."""
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    today = city.calendar.local_day(now)
    deadlines = deadlines_of(rows, city, now, "service_open")
    _add_open(tallies, _cases(rows, "service_open", city), city)
    _add_deadlines(tallies, deadlines)
    times = list(_cases(rows, "agency_times", city))
    _add_times(tallies, times, city)
    for row in _cases(rows, "agency_days", city, known_status=False):
        days = tallies[_agency(row)].days
        opened, ended = days.get(row["day"], (0, 0))
        days[row["day"]] = opened + int(row["opened"]), ended + int(row["ended"])
    wanted = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    found = sorted((_figures(key, tally, wanted) for key, tally in tallies.items()), key=_urgency)
    seen = [row["status_at"] for row in (*rows.get("service_open", ()), *times) if row["status_at"]]
    return Agencies(tuple(found), deadlines, max(seen, default=None))


def _cases(rows: Rows, question: str, city: City, *, known_status: bool = True) -> Iterator[Row]:
    """The rows that are about cases of a service, and a status, that the pack names."""
    for row in rows.get(question, ()):
        service = city.services.get(row["service"])
        if service is None or not is_case(service, row["category"]):
            continue
        if not known_status or row["status"] in service.statuses:
            yield row


def _add_open(tallies: dict[str, _Tally], rows: Iterator[Row], city: City) -> None:
    for row in rows:
        tally, opened = tallies[_agency(row)], row["opened_at"]
        tally.by_service[row["service"]] += 1
        tally.waiting += city.services[row["service"]].statuses[row["status"]].role == "waiting"
        tally.oldest = opened if tally.oldest is None else min(tally.oldest, opened)


def _add_deadlines(tallies: dict[str, _Tally], deadlines: Deadlines) -> None:
    for each in deadlines.late:
        tally = tallies[_agency(each.row)]
        tally.overdue += 1
        tally.dated += 1
        tally.sample = tally.sample or each.due.stage.sample
    for each in deadlines.ahead:
        tallies[_agency(each.row)].dated += 1


def _add_times(tallies: dict[str, _Tally], rows: Sequence[Row], city: City) -> None:
    for row in rows:
        tally = tallies[_agency(row)]
        tally.opened += int(row["opened"])
        tally.acted_after += row["acted_after"]
        if city.services[row["service"]].statuses[row["status"]].role == "done":
            tally.done_after += row["ended_after"]


def _figures(key: str, tally: _Tally, days: Sequence[date]) -> AgencyFigures:
    return AgencyFigures(
        key=key,
        open=tally.by_service.total(),
        waiting=tally.waiting,
        overdue=tally.overdue,
        dated=tally.dated,
        sample=tally.sample,
        oldest=tally.oldest,
        by_service=tally.by_service,
        first=_span(tally.acted_after, tally.opened),
        done=_span(tally.done_after, tally.opened),
        days=tuple(tally.days.get(day, (0, 0)) for day in days),
    )


def _span(seconds: Sequence[float], opened: int) -> Span:
    return Span(median(seconds) if seconds else None, len(seconds), opened)


def _agency(row: Row) -> str:
    return row["agency"] or NO_AGENCY


def _urgency(each: AgencyFigures) -> tuple[int, int, int, str]:
    """Most past their deadline first, then most that nobody has taken up, then most open."""
    return -each.overdue, -each.waiting, -each.open, each.key
