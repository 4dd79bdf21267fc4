"""A span in figures: alarms by priority and how soon they were seen, cases by category, and complaints by the hour."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from layouts.findings.alarms import RANKS
from layouts.findings.incident import incident_of
from layouts.findings.services import is_case
from layouts.panel import Context, Row, Rows
from sensors.city import Category, Service

READ = 2000
"""Alarms and steps of a span that are read; the questions give one more."""


@dataclass(frozen=True, slots=True)
class PriorityFigures:
    """The alarms of one priority that were raised in a span: how many, how many people saw, and after how many seconds.

    `middle` and `worst` are None where nobody saw any; `ended` counts those that are over.
    """

    priority: str
    raised: int
    seen: int
    ended: int
    middle: float | None
    worst: float | None


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """Cases of one category of a service that were opened in a span, and those that ended in it."""

    service: Service
    category: Category | None
    opened: int
    ended: int


def priorities_of(rows: Rows, context: Context) -> list[PriorityFigures]:
    """From `incident_alarms`, the gravest priority first."""
    found = incident_of(context)
    raised = [row for row in rows.get("incident_alarms", ())[:READ] if found.holds(row["raised_at"])]
    return [_priority(key, [row for row in raised if row["priority"] == key]) for key in RANKS]


def standing_before(rows: Rows, context: Context) -> int:
    """How many alarms stood already when the span began."""
    found = incident_of(context)
    return sum(row["raised_at"] < found.since for row in rows.get("incident_alarms", ())[:READ])


def is_cut(rows: Rows) -> bool:
    """Whether there were more alarms or steps than are read."""
    return any(len(rows.get(name, ())) > READ for name in ("incident_alarms", "incident_steps"))


def _priority(key: str, rows: Sequence[Row]) -> PriorityFigures:
    """An alarm could be seen from when the engine knew it, not from when it began at the source."""
    waited = [
        max(0.0, (row["acknowledged_at"] - row["known_at"]).total_seconds())
        for row in rows
        if row["acknowledged_at"] is not None
    ]
    ended = sum(row["ended_at"] is not None for row in rows)
    middle, worst = (median(waited), max(waited)) if waited else (None, None)
    return PriorityFigures(key, len(rows), len(waited), ended, middle, worst)


def categories_of(rows: Rows, context: Context) -> list[CategoryFigures]:
    """From `incident_cases`: what counts as a case, most opened first."""
    services = context.city.services
    opened: Counter[tuple[str, str]] = Counter()
    ended: Counter[tuple[str, str]] = Counter()
    for row in rows.get("incident_cases", ()):
        if row["service"] in services and is_case(services[row["service"]], row["category"]):
            key = row["service"], row["category"]
            opened[key] += int(row["opened"])
            ended[key] += int(row["ended"])
    found = [
        CategoryFigures(services[service], services[service].categories.get(category), opened[service, category], n)
        for (service, category), n in ended.items()
    ]
    return sorted(found, key=lambda each: (-each.opened, -each.ended, each.service.key))


def hours_of(rows: Rows, context: Context) -> Mapping[datetime, int]:
    """From `incident_cases`: the cases opened in each hour that has any."""
    services = context.city.services
    hours: defaultdict[datetime, int] = defaultdict(int)
    for row in rows.get("incident_cases", ()):
        if row["service"] in services and is_case(services[row["service"]], row["category"]) and row["opened"]:
            hours[row["bucket"]] += int(row["opened"])
    return hours
