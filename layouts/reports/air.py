"""Air: the official index of each station from the means of the whole day, what decides it, how whole the day was."""

from __future__ import annotations

from layouts.findings.air import AirFinding, air_findings, worst, written
from layouts.formats import NOTHING, known, number, percent
from layouts.reports.facts import Facts
from layouts.reports.paper import Cell, Column, Figure, Section, Source, Table
from sensors.city import City
from sensors.judge.ispu import published

QUESTIONS = ("air_day_means",)
_COLUMNS = (
    Column("Stasiun", part=1.2),
    Column("Kecamatan", part=1),
    Column("ISPU", "right"),
    Column("Kategori", part=1),
    Column("Penentu"),
    Column("PM2,5", "right", part=0.9),
    Column("PM10", "right", part=0.9),
    Column("Data", "right"),
)


def section(facts: Facts) -> Section:
    """What the mayor is told of the air."""
    found = sorted(air_findings(facts.rows, facts.city), key=_order)
    gravest = worst(found)
    return Section(
        "air",
        "Udara",
        said=(_said(gravest, facts),),
        figures=(
            Figure(
                "air.ispu",
                "ISPU tertinggi",
                _index(gravest),
                gravest.words if gravest else NOTHING,
                f"{_category(gravest)} · {gravest.station.name}" if gravest else "tidak ada data",
                gravest.rank if gravest else 0,
            ),
        ),
        blocks=(Table(_COLUMNS, tuple(_row(each, facts) for each in found), note=_note(facts)),),
        sources=sources(facts.city),
    )


def sources(city: City) -> tuple[Source, ...]:
    """The stations, the rule of the index, and from which share of a day on it decides."""
    least = city.least_shares["ispu"]
    rule = f"ISPU: {city.ispu[0].regulation}" if city.ispu else ""
    return (
        Source("Mutu udara", "stasiun pemantau lewat MQTT, rerata 24 jam tiap parameter", rule),
        Source("Batas kelengkapan ISPU", "completeness.csv", least.source, least.sample),
    )


def _order(each: AirFinding) -> tuple[bool, bool, float, str]:
    return (each.verdict is None, not each.complete, -(each.verdict.index if each.verdict else 0.0), each.station.key)


def _index(each: AirFinding | None) -> int | None:
    return published(each.verdict.index) if each and each.verdict else None


def _category(each: AirFinding) -> str:
    return each.verdict.category.word.lower() if each.verdict else "tidak ada data"


def _said(gravest: AirFinding | None, facts: Facts) -> str:
    if gravest is None or gravest.verdict is None:
        return "Tidak ada stasiun udara yang datanya cukup untuk ISPU."
    pollutant = written(gravest.verdict.pollutant)
    doubt = "" if gravest.complete else f", dari {percent(100 * gravest.share)} data saja"
    return (
        f"ISPU tertinggi {gravest.words} ({_category(gravest)}) di {gravest.station.name}, "
        f"Kec. {facts.place(gravest.station.district)}, ditentukan {pollutant}{doubt}."
    )


def _row(each: AirFinding, facts: Facts) -> tuple[Cell, ...]:
    verdict = each.verdict
    complete = "" if each.complete or verdict is None else "data kurang, tidak menentukan"
    return (
        Cell(each.station.name, each.station.key),
        Cell(facts.place(each.station.district)),
        Cell(each.words, _index(each), strong=True),
        Cell(_category(each), sub=complete, colour=verdict.category.colour if verdict else ""),
        Cell(written(verdict.pollutant) if verdict else NOTHING),
        _mean(each, "pm25"),
        _mean(each, "pm10"),
        Cell(percent(100 * each.share) if verdict else NOTHING, each.share),
    )


def _mean(each: AirFinding, pollutant: str) -> Cell:
    found = each.means.get(pollutant)
    mean = known(found.mean) if found else None
    return Cell(number(mean, 1), mean)


def _note(facts: Facts) -> str:
    least = facts.city.least_shares["ispu"]
    return (
        "Rerata 24 jam dalam µg/m³; ISPU stasiun adalah yang terburuk dari semua parameternya. Rerata dari kurang dari "
        f"{percent(least.percent)} data tidak menentukan{' (batas contoh)' if least.sample else ''}."
    )
