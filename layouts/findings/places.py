"""Every kelurahan and kecamatan against the others: its open cases, river, air and warnings, and whether it is red."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median_high

from layouts.findings.air import AirFinding, air_findings, worst
from layouts.findings.bulletins import rank_of
from layouts.findings.floods import floods_of
from layouts.findings.rain import RainFinding, rain_findings
from layouts.findings.rivers import GaugeFinding, by_urgency, gauge_findings
from layouts.panel import Question, Row, Rows
from sensors.city import City
from sensors.judge.place import Standing, judge_place

QUESTIONS = (
    Question("place_cases", every=2.0),
    Question("latest_readings"),
    Question("air_day_means", every=10.0),
    Question("bulletins_now", every=2.0),
    Question("rain_sums", every=10.0),
    Question("flood_cases", every=2.0),
)
"""What `places_of` is made from."""
STREAMS = frozenset({"cases", "readings", "bulletins"})
_RED = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """Open cases of a place: how many, how many nobody has taken up, how many are late, and since when."""

    open: int = 0
    waiting: int = 0
    overdue: int = 0
    oldest: datetime | None = None
    late_oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A kelurahan or a kecamatan: its cases, worst river gauge, station and rain, the warnings that name it.

    `red` is how many of a kecamatan's kelurahan are merah, of `parts`; a kelurahan has none. `floods` are open cases
    of floods, counted by kecamatan.
    """

    code: str
    name: str
    scope: str
    tally: Tally
    gauge: GaugeFinding | None
    air: AirFinding | None
    rain: RainFinding | None
    floods: int
    warnings: tuple[Row, ...]
    red: int
    parts: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Places:
    """All places by code, the medians over those of one scope, and the cases of which no kelurahan is known."""

    kelurahan: Mapping[str, Place]
    kecamatan: Mapping[str, Place]
    usual: Mapping[str, Tally]
    elsewhere: Tally
    newest: datetime | None
    heard: bool

    def of(self, scope: str) -> Mapping[str, Place]:
        """The places of one scope."""
        return self.kelurahan if scope == "kelurahan" else self.kecamatan


def places_of(rows: Rows, city: City, now: datetime) -> Places:
    """Judge every place from `place_cases`, `latest_readings`, `air_day_means` and `bulletins_now`."""
    found = {row["subdistrict"]: _tally(row) for row in rows.get("place_cases", ())}
    around = _Around(rows, city, now)
    cases = {code: found.get(code, Tally()) for code in city.subdistricts}
    joined = {
        code: _joined(cases[place.code] for place in city.subdistricts.values() if place.district == code)
        for code in city.districts
    }
    usual = {"kelurahan": _median(cases.values()), "kecamatan": _median(joined.values())}
    kelurahan = {
        code: around.place(code, city.subdistricts[code].name, "kelurahan", tally, usual["kelurahan"])
        for code, tally in cases.items()
    }
    kecamatan = {
        code: around.place(
            code,
            city.districts[code].name,
            "kecamatan",
            tally,
            usual["kecamatan"],
            [each for each in kelurahan.values() if each.code.startswith(f"{code}.")],
        )
        for code, tally in joined.items()
    }
    return Places(
        kelurahan,
        kecamatan,
        usual,
        _joined(tally for code, tally in found.items() if code not in cases),
        max((row["status_at"] for row in rows.get("place_cases", ()) if row["status_at"]), default=None),
        bool(found),
    )


def ranked(places: Iterable[Place]) -> list[Place]:
    """The worst first: by level, then by what is late, waits and is open; among equals by code."""
    return sorted(
        places,
        key=lambda each: (
            -each.standing.rank, -each.tally.overdue, -each.tally.waiting, -each.tally.open, each.code,
        ),
    )  # fmt: skip


class _Around:
    """What stands and holds round a place beside its cases."""

    def __init__(self, rows: Rows, city: City, now: datetime) -> None:
        self._city, self._day = city, city.calendar.local_day(now)
        self._gauges = [each for each in by_urgency(gauge_findings(rows, city)) if each.siaga is not None]
        self._air, self._rain = air_findings(rows, city), rain_findings(rows, city)
        self._floods = {each.district.code: each.complaints + each.calls for each in floods_of(rows, city).districts}
        self._warnings = [row for row in rows.get("bulletins_now", ()) if rank_of(row)]

    def place(self, code: str, name: str, scope: str, tally: Tally, usual: Tally, parts: Sequence[Place] = ()) -> Place:
        gauge = next(
            (each for each in self._gauges if _stands(each.gauge.district, each.gauge.subdistrict, code)), None
        )
        air = worst([each for each in self._air if _stands(each.station.district, each.station.subdistrict, code)])
        rain = next((each for each in self._rain if _stands(each.device.district, each.device.subdistrict, code)), None)
        warnings = tuple(row for row in self._warnings if any(_names(area, code) for area in row["areas"] or ()))
        red = sum(each.standing.rank == _RED for each in parts)
        figures: dict[str, float] = {"overdue": tally.overdue}
        if usual.open:
            figures["open"] = tally.open / usual.open * 100
        if gauge is not None and gauge.siaga is not None:
            figures["gauge"] = gauge.siaga.level
        if air is not None and air.verdict is not None and air.complete:
            figures["air"] = air.verdict.index
        if warnings:
            figures["warning"] = max(rank_of(row) for row in warnings)
        if parts:
            figures["red"] = red
        standing = judge_place(figures, tally.open, scope, self._city.place_levels, self._day)
        floods = self._floods.get(code, 0)
        return Place(code, name, scope, tally, gauge, air, rain, floods, warnings, red, len(parts), standing)


def _stands(district: str | None, subdistrict: str | None, code: str) -> bool:
    return code in {district, subdistrict}


def _names(area: str, code: str) -> bool:
    """Whether a warning's area is this place, its kecamatan or a kelurahan in it; not where it names a whole city."""
    return area == code or area.startswith(f"{code}.") or (code.startswith(f"{area}.") and area.count(".") > 1)


def _tally(row: Row) -> Tally:
    return Tally(
        int(row["open"]), int(row["waiting"]), int(row["overdue"]), row["oldest_opened_at"], row["late_opened_at"]
    )


def _joined(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(
        sum(each.open for each in found),
        sum(each.waiting for each in found),
        sum(each.overdue for each in found),
        min((each.oldest for each in found if each.oldest), default=None),
        min((each.late_oldest for each in found if each.late_oldest), default=None),
    )


def _median(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(
        median_high(each.open for each in found),
        median_high(each.waiting for each in found),
        median_high(each.overdue for each in found),
    )
