"""Rain: the sum of the day at each gauge by BMKG's classes, its wettest hour, and which kecamatan have no gauge."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from layouts.findings.rain import RainFinding, rain_findings
from layouts.formats import NOTHING, number, percent
from layouts.panel import Row
from layouts.reports.facts import Facts, listed
from layouts.reports.paper import Cell, Column, Figure, Section, Source, Table

QUESTIONS = ("rain_sums", "rain_course")
_COLUMNS = (
    Column("Pos hujan", part=1.2),
    Column("Kecamatan", part=1),
    Column("Jumlah sehari", "right", part=1.4),
    Column("Kelas BMKG", part=0.9),
    Column("Jam terlebat", "right", part=0.9),
    Column("Data", "right"),
)
Hour = tuple[datetime, float]


def section(facts: Facts) -> Section:
    """What the mayor is told of rain."""
    found = sorted(rain_findings(facts.rows, facts.city), key=lambda each: (-(each.day.mm or -1.0), each.device.key))
    hours = _hours(facts)
    wettest = found[0] if found and found[0].day.mm else None
    most, heard = (
        max((each.day.mm or 0.0 for each in found), default=0.0),
        any(each.day.mm is not None for each in found),
    )
    return Section(
        "rain",
        "Hujan",
        said=(_said(wettest, facts, heard=heard),),
        figures=(_most(wettest, facts, heard=heard),),
        blocks=(
            Table(
                _COLUMNS,
                tuple(_row(each, hours.get(each.device.key), most, facts) for each in found),
                note=_note(found, facts),
                empty="Paket kota tidak memuat pos hujan.",
            ),
        ),
        sources=(
            Source(
                "Hujan",
                "pos hujan dan stasiun cuaca lewat MQTT, jumlah per menit dan jam",
                f"kelas hujan harian: {facts.city.rain_classes[0].source}",
            ),
        ),
        newest=max((each.newest for each in found if each.newest), default=None),
    )


def _most(wettest: RainFinding | None, facts: Facts, *, heard: bool) -> Figure:
    """The wettest gauge; what nobody heard is not called dry."""
    key, name = "rain.most", "Hujan terlebat, 24 jam"
    if wettest is None:
        return Figure(key, name, 0.0 if heard else None, "tidak hujan" if heard else NOTHING,
                      "semua pos yang terdengar" if heard else "tidak ada pos yang terdengar")  # fmt: skip
    note = f"{_class(wettest)} · {facts.place(wettest.device.district)}"
    return Figure(key, name, wettest.day.mm, f"{number(wettest.day.mm, 1)} mm", note, wettest.day.rank)


def _hours(facts: Facts) -> dict[str, Hour]:
    """By gauge, the hour with most rain of the day and what fell in it."""
    by_device: defaultdict[str, list[Row]] = defaultdict(list)
    for row in facts.of("rain_course"):
        if facts.period.since <= row["bucket"] < facts.period.until:
            by_device[row["device"]].append(row)
    wettest = {key: max(rows, key=lambda row: (row["mm"], row["bucket"])) for key, rows in by_device.items()}
    return {key: (row["bucket"], float(row["mm"])) for key, row in wettest.items() if row["mm"] > 0}


def _said(wettest: RainFinding | None, facts: Facts, *, heard: bool) -> str:
    if not heard:
        return "Tidak ada pos hujan yang terdengar."
    if wettest is None:
        return "Tidak tercatat hujan di pos mana pun yang terdengar."
    return (
        f"Hujan terbanyak {number(wettest.day.mm, 1)} mm dalam 24 jam di {wettest.device.name}, "
        f"Kec. {facts.place(wettest.device.district)} ({_class(wettest)})."
    )


def _class(each: RainFinding) -> str:
    if each.day.mm is None:
        return "tidak terdengar"
    return each.day.found.word.lower() if each.day.found else "sangat ringan" if each.day.mm else "tidak hujan"


def _row(each: RainFinding, hour: Hour | None, most: float, facts: Facts) -> tuple[Cell, ...]:
    peak = f"{number(hour[1], 1)} mm · {facts.clock(hour[0])}" if hour else NOTHING
    return (
        Cell(each.device.name.removeprefix("Pos hujan "), each.device.key),
        Cell(facts.place(each.device.district)),
        Cell(
            f"{number(each.day.mm, 1)} mm" if each.day.mm is not None else NOTHING,
            each.day.mm,
            share=(each.day.mm or 0.0) / most if most else 0.0,
        ),
        Cell(_class(each), rank=each.day.rank or None),
        Cell(peak, hour[1] if hour else None),
        Cell(percent(100 * each.day.heard), each.day.heard),
    )


def _note(found: list[RainFinding], facts: Facts) -> str:
    watched = {each.device.district for each in found}
    bare = [each.name for key, each in facts.city.districts.items() if key not in watched]
    missing = f" Tanpa pos hujan: {listed(bare, 13)}." if bare else ""
    return f"Jam terlebat: jumlah satu jam dan awalnya. Pos yang diam tidak dihitung kering.{missing}"
