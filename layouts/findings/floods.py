"""Floods by kecamatan: open cases of floods beside the worst gauge there, so that one explains the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from layouts.findings.rivers import GaugeFinding, by_urgency, gauge_findings, gauges
from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, District

FLOOD = "banjir"
"""The category of floods, by which `flood_cases` finds them in every service."""


@dataclass(frozen=True, slots=True)
class FloodFinding:
    """A kecamatan: open complaints of floods, open calls for help in floods, the oldest, and its worst gauge.

    `watched`: the pack has a gauge there, whether or not it has said anything.
    """

    district: District
    complaints: int
    calls: int
    oldest: datetime | None
    gauge: GaugeFinding | None
    watched: bool

    @property
    def rank(self) -> int:
        """How bad its worst gauge is, from 0 to 3."""
        return 0 if self.gauge is None else self.gauge.rank


@dataclass(frozen=True, slots=True)
class Floods:
    """All kecamatan, the worst first; `elsewhere` counts open cases whose place no kecamatan of the city has."""

    districts: tuple[FloodFinding, ...]
    elsewhere: int

    @property
    def complaints(self) -> int:
        """Open complaints in the city."""
        return sum(each.complaints for each in self.districts)

    @property
    def calls(self) -> int:
        """Open calls for help in the city."""
        return sum(each.calls for each in self.districts)


def floods_of(rows: Rows, city: City) -> Floods:
    """From `flood_cases`, `latest_readings`: by people in need, then complaints, then the river, then pack order."""
    worst: dict[str, GaugeFinding] = {}
    for gauge in by_urgency(gauge_findings(rows, city)):
        if gauge.gauge.district is not None and gauge.siaga is not None:
            worst.setdefault(gauge.gauge.district, gauge)
    cases = list(rows.get("flood_cases", ()))
    found = [
        _finding(each, [row for row in cases if row["district"] == each.code], worst.get(each.code), city)
        for each in city.districts.values()
    ]
    found.sort(key=lambda each: (-max(each.rank, 2 * bool(each.calls), 1 * bool(each.complaints)), -each.calls))
    return Floods(tuple(found), _count(row for row in cases if row["district"] not in city.districts))


def _finding(district: District, cases: list[Row], gauge: GaugeFinding | None, city: City) -> FloodFinding:
    urgent = {key for key, each in city.services.items() if any(stage.unit == "minutes" for stage in each.stages)}
    return FloodFinding(
        district,
        complaints=_count(row for row in cases if row["service"] not in urgent),
        calls=_count(row for row in cases if row["service"] in urgent),
        oldest=min((row["oldest_opened_at"] for row in cases if row["oldest_opened_at"]), default=None),
        gauge=gauge,
        watched=any(each.district == district.code for each in gauges(city)),
    )


def _count(rows: Iterable[Row]) -> int:
    return sum(int(known(row["n"]) or 0) for row in rows)
