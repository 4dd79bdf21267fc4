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

MOST = 5000
"""As many rows as `open_cases` gives: with so many there may be more."""


@dataclass(frozen=True, slots=True)
class Late:
    """An open case whose deadline is over."""

    row: Row
    due: Due


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Cases past their deadline (the one longest overdue first), by agency, and how many end today.

    `sample`: some of the overdue are so by a figure that no source confirms. `cut`: there may be more than were judged.
    """

    late: tuple[Late, ...]
    by_agency: Mapping[str, int]
    today: int
    sample: bool
    cut: bool


@dataclass(slots=True)
class _Judged:
    """The rows judged last: they stay the same object until asked anew, while the panel is drawn at every commit."""

    rows: Sequence[Row]
    city: City | None
    dues: tuple[tuple[Row, Due], ...]


_last = [_Judged((), None, ())]


def deadlines_of(rows: Rows, city: City, now: datetime) -> Deadlines:
    """Judge the rows of `open_cases`."""
    today = city.calendar.local_day(now)
    found = rows.get("open_cases", ())
    dues = _judge(found, city)
    late = sorted(
        (Late(row, due) for row, due in dues if due.overdue(now)),
        key=lambda each: (each.due.at, each.row["opened_at"], each.row["case_id"]),
    )
    return Deadlines(
        late=tuple(late),
        by_agency=Counter(each.row["agency"] or NO_AGENCY for each in late),
        today=sum(due.day == today and not due.overdue(now) for _, due in dues),
        sample=any(each.due.stage.sample for each in late),
        cut=len(found) >= MOST,
    )


def _judge(found: Sequence[Row], city: City) -> tuple[tuple[Row, Due], ...]:
    last = _last[0]
    if last.rows is not found or last.city is not city:
        dues = tuple((row, due) for row in found if (due := _due(row, city)) is not None)
        last = _last[0] = _Judged(found, city, dues)
    return last.dues


def _due(row: Row, city: City) -> Due | None:
    service = city.services.get(row["service"])
    if service is None or row["status"] not in service.statuses:
        return None
    times = CaseTimes(row["status"], row["opened_at"], row["status_at"], row["category"])
    return judge_deadline(times, service, city.calendar)
