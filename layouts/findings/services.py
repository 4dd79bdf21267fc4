"""Every service of the pack in figures: open, new and ended today, past their deadline, opened day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from layouts.panel import Row, Rows
from sensors.city import City, Service
from sensors.judge.deadline import CaseTimes, judge_deadline

DAYS = 14
SIGNS: Mapping[str, str] = {"waiting": "●", "working": "◆", "done": "✓", "dismissed": "✕"}
"""The shape of a status by its role."""
RANKS: Mapping[str, int] = {"waiting": 2, "working": 1, "done": 0, "dismissed": 0}
MOST = 2000
"""As many rows of one service as `service_open` gives: with so many there may be more."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """Cases past their deadline. `sample`: some only by a figure no source confirms; `cut`: there may be more."""

    n: int
    sample: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """A service's cases. `apart` are today's messages of the classes that do not count (prank calls), by category.

    `by_status` counts open ones as they stand and closed ones of today; `overdue` is None without stages, `days` are
    cases opened on each of the last 14 local days, today last.
    """

    service: Service
    heard: bool
    by_status: Mapping[str, int]
    open: int
    opened_today: int
    apart: Mapping[str, int]
    overdue: Overdue | None
    oldest: datetime | None
    days: tuple[int, ...]
    newest: datetime | None

    def ended(self, role: str) -> int:
        """Cases that were closed today in a status of this role."""
        statuses = self.service.statuses
        return sum(n for key, n in self.by_status.items() if statuses[key].role == role)


def figures_of(rows: Rows, city: City, now: datetime) -> tuple[ServiceFigures, ...]:
    """The figures of every service, in the pack's order."""
    counts, days = _by_service(rows, "service_counts"), _by_service(rows, "service_days")
    open_ = _by_service(rows, "service_open")
    return tuple(
        _figures(service, counts.get(key, ()), _days(service, days.get(key, ()), city.calendar.local_day(now)),
                 _overdue(service, open_.get(key, ()), city, now))
        for key, service in city.services.items()
    )  # fmt: skip


def counted(service: Service, rows: Iterable[Row]) -> Iterable[Row]:
    """The rows that are about cases: of a known status, and no class of call that does not count."""
    return (row for row in rows if row["status"] in service.statuses and is_case(service, row["category"]))


def is_case(service: Service, category: str | None) -> bool:
    """Whether messages of this category are cases; one that the pack does not name is."""
    known = service.categories.get(category or "")
    return known is None or known.counts


def _by_service(rows: Rows, question: str) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows.get(question, ()):
        found[row["service"]].append(row)
    return found


def _figures(service: Service, rows: Sequence[Row], days: tuple[int, ...], overdue: Overdue | None) -> ServiceFigures:
    by_status = dict.fromkeys(service.statuses, 0)
    apart = {key: 0 for key, category in service.categories.items() if not category.counts}
    for row in rows:
        if row["category"] in apart:
            apart[row["category"]] += int(row["opened_today"])
    found = tuple(counted(service, rows))
    for row in found:
        by_status[row["status"]] += int(row["open"]) + int(row["ended_today"])
    return ServiceFigures(
        service=service,
        heard=bool(rows) or any(days),
        by_status=by_status,
        open=sum(int(row["open"]) for row in found),
        opened_today=sum(int(row["opened_today"]) for row in found),
        apart=apart,
        overdue=overdue,
        oldest=min((row["oldest_opened_at"] for row in found if row["oldest_opened_at"]), default=None),
        days=days,
        newest=max((row["status_at"] for row in rows), default=None),
    )


def _days(service: Service, rows: Sequence[Row], today: date) -> tuple[int, ...]:
    opened: dict[date, int] = defaultdict(int)
    for row in rows:
        if is_case(service, row["category"]):
            opened[row["day"]] += int(row["opened"])
    return tuple(opened[today - timedelta(days=back)] for back in reversed(range(DAYS)))


def _overdue(service: Service, rows: Sequence[Row], city: City, now: datetime) -> Overdue | None:
    if not service.stages:
        return None
    late = [
        due
        for row in rows
        if row["status"] in service.statuses
        and (due := judge_deadline(_times(row), service, city.calendar)) is not None
        and due.overdue(now)
    ]
    return Overdue(len(late), sample=any(due.stage.sample for due in late), cut=len(rows) >= MOST)


def _times(row: Row) -> CaseTimes:
    return CaseTimes(row["status"], row["opened_at"], row["status_at"], row["category"])
