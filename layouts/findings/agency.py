"""One agency's open cases: which are late, by which stage of which service, and what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from layouts.findings.services import is_case
from layouts.panel import Row, Rows
from sensors.city import City
from sensors.judge.deadline import CaseTimes, judge_deadline
from sensors.pack.stages import Stage

MOST = 5000
"""As many rows as `agency_open` gives: with so many there may be more."""


@dataclass(frozen=True, slots=True)
class Owned:
    """An agency's open cases, the late ones longest overdue first.

    `rules` are the stages that are over, with the service of each; `cut`: there may be more than were judged.
    """

    cases: tuple[Row, ...]
    waiting: int
    late: tuple[Row, ...]
    rules: Mapping[tuple[str, Stage], int]
    by_category: Mapping[tuple[str, str], tuple[int, int]]
    by_service: Mapping[str, int]
    oldest: datetime | None
    cut: bool


def owned(rows: Rows, city: City, now: datetime) -> Owned:
    """Judge the rows of `agency_open`."""
    found = rows.get("agency_open", ())
    cases = [row for row in found if _counts(row, city)]
    late: list[tuple[datetime, Row]] = []
    rules: Counter[tuple[str, Stage]] = Counter()
    by_category: dict[tuple[str, str], tuple[int, int]] = {}
    for row in cases:
        service = city.services[row["service"]]
        times = CaseTimes(row["status"], row["opened_at"], row["status_at"], row["category"])
        due = judge_deadline(times, service, city.calendar)
        over = due is not None and due.overdue(now)
        if due is not None and over:
            late.append((due.at, row))
            rules[service.key, due.stage] += 1
        key = row["service"], row["category"] or ""
        before = by_category.get(key, (0, 0))
        by_category[key] = before[0] + over, before[1] + 1
    late.sort(key=lambda each: (each[0], each[1]["opened_at"], each[1]["case_id"]))
    return Owned(
        cases=tuple(cases),
        waiting=sum(city.services[row["service"]].statuses[row["status"]].role == "waiting" for row in cases),
        late=tuple(row for _, row in late),
        rules=dict(rules.most_common()),
        by_category=dict(sorted(by_category.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))),
        by_service=Counter(row["service"] for row in cases),
        oldest=min((row["opened_at"] for row in cases), default=None),
        cut=len(found) >= MOST,
    )


def _counts(row: Row, city: City) -> bool:
    service = city.services.get(row["service"])
    return service is not None and row["status"] in service.statuses and is_case(service, row["category"])
