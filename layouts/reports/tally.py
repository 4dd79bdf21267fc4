"""The cases of a period in figures: opened, ended, open at its end and past their deadline, by whatever groups them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import TypeAlias

from layouts.findings.services import is_case
from layouts.panel import Row
from layouts.reports.facts import Facts
from sensors.city import City
from sensors.judge.deadline import CaseTimes, Due, judge_deadline
from sensors.pack.stages import Stage

Late: TypeAlias = tuple[Due, Row]


@dataclass(slots=True)
class Tally:
    """Counts of cases. `late` are those past their deadline at the end, the longest first; `ended` holds dismissed too.

    `took` are seconds from opening to the end of those that were done in the period, `acted` to the first action of
    those opened in it.
    """

    opened: int = 0
    done: int = 0
    dismissed: int = 0
    open: int = 0
    waiting: int = 0
    late: list[Late] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    acted: list[float] = field(default_factory=list)
    oldest: datetime | None = None
    newest: datetime | None = None

    @property
    def ended(self) -> int:
        """Closed in the period, done or not."""
        return self.done + self.dismissed

    @property
    def median_took(self) -> float | None:
        """The median of what they took, in seconds."""
        return median(self.took) if self.took else None

    @property
    def median_acted(self) -> float | None:
        """The median of the time to the first action, in seconds."""
        return median(self.acted) if self.acted else None

    @property
    def rules(self) -> Sequence[tuple[Stage, int]]:
        """The stages that are over, with how many cases each makes late, the most first."""
        counts = Counter(due.stage for due, _ in self.late)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0].key))


def tallies(facts: Facts, key: Callable[[Row], str], rows: Iterable[Row] | None = None) -> dict[str, Tally]:
    """By what `key` says of a case, from `cases_between`; calls that are no cases are left out."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for row in counted(facts.of("cases_between") if rows is None else rows, facts.city):
        _add(found[key(row)], row, facts)
    for each in found.values():
        each.late.sort(key=lambda late: (late[0].at, late[1]["opened_at"], late[1]["case_id"]))
    return dict(found)


def whole(facts: Facts, rows: Iterable[Row] | None = None) -> Tally:
    """All of them together."""
    return tallies(facts, lambda _: "", rows).get("", Tally())


def counted(rows: Iterable[Row], city: City) -> Iterable[Row]:
    """The rows that are about cases of a service and a status that the pack names."""
    for row in rows:
        service = city.services.get(row["service"])
        if service is not None and row["status"] in service.statuses and is_case(service, row["category"]):
            yield row


def of_service(facts: Facts, service: str) -> list[Row]:
    """The rows of one service."""
    return [row for row in facts.of("cases_between") if row["service"] == service]


def _add(tally: Tally, row: Row, facts: Facts) -> None:
    service, since = facts.city.services[row["service"]], facts.period.since
    status = service.statuses[row["status"]]
    opened: datetime = row["opened_at"]
    tally.newest = max(row["status_at"], tally.newest or row["status_at"])
    if opened >= since:
        tally.opened += 1
        if row["first_action_at"] is not None:
            tally.acted.append((row["first_action_at"] - opened).total_seconds())
    if not status.open:
        tally.done += status.role == "done"
        tally.dismissed += status.role != "done"
        if status.role == "done":
            tally.took.append((row["status_at"] - opened).total_seconds())
        return
    tally.open += 1
    tally.waiting += status.role == "waiting"
    tally.oldest = min(opened, tally.oldest or opened)
    times = CaseTimes(row["status"], opened, row["status_at"], row["category"])
    due = judge_deadline(times, service, facts.city.calendar)
    if due is not None and due.overdue(facts.moment):
        tally.late.append((due, row))
