"""Open complaints counted by what the wall groups them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from layouts.panel import Rows
from sensors.city import City

NO_AGENCY = "tanpa OPD"
"""Stands for the agency of a case that names none."""


@dataclass(frozen=True, slots=True)
class AgencyCount:
    """An agency's open cases, those nobody has taken up, and since when the oldest is open."""

    key: str
    open: int
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Counts by status (pack's order; finished ones are today's), open ones by agency and by district code."""

    service: str
    by_status: Mapping[str, int]
    open: int
    agencies: tuple[AgencyCount, ...]
    by_district: Mapping[str, int]
    oldest: datetime | None


def counts_of(rows: Rows, city: City) -> CaseCounts:
    """Count the rows of `case_counts`: cases of the pack's first service, the room's own."""
    service = next(iter(city.services))
    statuses, categories = city.services[service].statuses, city.services[service].categories
    by_status = dict.fromkeys(statuses, 0)
    by_district: dict[str, int] = defaultdict(int)
    opened: dict[str, int] = defaultdict(int)
    waiting: dict[str, int] = defaultdict(int)
    oldest: dict[str, datetime] = {}
    for row in rows.get("case_counts", ()):
        status, n = row["status"], int(row["n"])
        category = categories.get(row["category"] or "")
        if status not in statuses or (category is not None and not category.counts):
            continue
        by_status[status] += n
        if not statuses[status].open:
            continue
        agency = row["agency"] or NO_AGENCY
        opened[agency] += n
        waiting[agency] += n if statuses[status].role == "waiting" else 0
        by_district[row["district"] or ""] += n
        since = row["oldest_opened_at"]
        oldest[agency] = min(oldest.get(agency, since), since)
    ranked = sorted(opened, key=lambda key: (-opened[key], key))
    return CaseCounts(
        service=service,
        by_status=by_status,
        open=sum(opened.values()),
        agencies=tuple(AgencyCount(key, opened[key], waiting[key], oldest.get(key)) for key in ranked),
        by_district=by_district,
        oldest=min(oldest.values(), default=None),
    )
