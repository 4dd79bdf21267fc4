"""Where people told of floods: the city's sketch with the gauges, and how many reports are still open."""

from __future__ import annotations

from collections.abc import Sequence

from layouts import theme
from layouts.findings.floods import FLOOD, FloodFinding, floods_of
from layouts.findings.rivers import rank_of
from layouts.formats import number
from layouts.reports.facts import Facts
from layouts.reports.maps import city_map
from layouts.reports.paper import Cell, CityMap, Column, Table
from sensors.city import Device


def flood_map(facts: Facts, gauges: Sequence[tuple[Device, int]]) -> CityMap:
    """Reports of floods that came in the period, by kecamatan, and how bad each gauge was."""
    told, left = _told(facts, came=True), _told(facts, came=False)
    rows = tuple(
        (
            Cell(each.district.name, code),
            Cell(number(each.calls), each.calls),
            Cell(number(each.complaints), each.complaints),
            Cell(number(left[code].calls + left[code].complaints), left[code].calls + left[code].complaints),
        )
        for code, each in sorted(told.items(), key=lambda item: (-item[1].calls - item[1].complaints, item[0]))
        if each.calls + each.complaints + left[code].calls + left[code].complaints
    )
    columns = (
        Column("Kecamatan", part=1),
        Column("Panggilan 112", "right"),
        Column("Aduan", "right"),
        Column("Masih terbuka", "right"),
    )
    counts = {code: each.calls + each.complaints for code, each in told.items()}
    legend = ", ".join(f"{theme.level(rank_of(level)).sign} siaga {level}" for level in (1, 2, 3, 4))
    note = f"Angka dan warna: laporan banjir dari warga dalam periode. Tanda: siaga tertinggi pos sungai ({legend})."
    beside = Table(columns, rows, empty="Tidak ada laporan banjir dari warga.")
    return city_map(facts.city, counts, gauges, "Laporan banjir dari warga dan pos sungai", note, beside)


def _told(facts: Facts, *, came: bool) -> dict[str, FloodFinding]:
    """By kecamatan, the floods that were told of in the period (`came`), or those still open at its end."""
    rows = [
        {
            "service": row["service"],
            "district": (row["subdistrict"] or "")[:8],
            "n": 1,
            "oldest_opened_at": row["opened_at"],
            "status_at": row["status_at"],
        }
        for row in facts.of("cases_between")
        if row["category"] == FLOOD and (row["opened_at"] >= facts.period.since if came else row["is_open"])
    ]
    return {each.district.code: each for each in floods_of({"flood_cases": rows}, facts.city).districts}
