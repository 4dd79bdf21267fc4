"""Which open cases are past their deadline, which are due today, and whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from layouts.findings.cases import NO_AGENCY
from layouts.panel import Row, Rows
from sensors.city import City
from sensors.judge.deadline import CaseTimes, Due, judge_deadline

MOST = {"open_cases": 5000, "service_open": 2000}
"""As many rows of one service as each question gives: with so many there may be more."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An open case and its deadline."""

    row: Row
    due: Due


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Cases past their deadline (the one longest overdue first), by agency, and how many end today.

    `ahead` are the others that have one, the next first. `sample`: some are late by a figure that no source confirms.
    `cut`: there may be more than were judged.
    """

    late: tuple[Dated, ...]
    ahead: tuple[Dated, ...]
    by_agency: Mapping[str, int]
    today: int
    sample: bool
    cut: bool


@dataclass(slots=True)
class _Judged:
    """The rows judged last: they stay the same object until asked anew, while the panel is drawn at every commit."""

    rows: Sequence[Row]
    city: City
    dues: tuple[Dated, ...]


_last: dict[str, _Judged] = {}


def deadlines_of(rows: Rows, city: City, now: datetime, question: str = "open_cases") -> Deadlines:
    """Judge the rows of `open_cases`, or of `service_open`."""
    today = city.calendar.local_day(now)
    found = rows.get(question, ())
    dues = _judge(question, found, city)
    late = tuple(each for each in dues if each.due.overdue(now))
    return Deadlines(
        late=late,
        ahead=dues[len(late) :],
        by_agency=Counter(each.row["agency"] or NO_AGENCY for each in late),
        today=sum(each.due.day == today for each in dues[len(late) :]),
        sample=any(each.due.stage.sample for each in late),
        cut=max(Counter(row["service"] for row in found).values(), default=0) >= MOST[question],
    )


def _judge(question: str, found: Sequence[Row], city: City) -> tuple[Dated, ...]:
    """The cases that have a deadline, the earliest first."""
    last = _last.get(question)
    if last is None or last.rows is not found or last.city is not city:
        dues = (Dated(row, due) for row in found if (due := _due(row, city)) is not None)
        ranked = sorted(dues, key=lambda each: (each.due.at, each.row["opened_at"], each.row["case_id"]))
        last = _last[question] = _Judged(found, city, tuple(ranked))
    return last.dues


def _due(row: Row, city: City) -> Due | None:
    service = city.services.get(row["service"])
    if service is None or row["status"] not in service.statuses:
        return None
    times = CaseTimes(row["status"], row["opened_at"], row["status_at"], row["category"])
    return judge_deadline(times, service, city.calendar)
