"""Complaints to the city's own service by agency: what came, what ended, what is late and by which rule."""

from __future__ import annotations

from layouts.case_words import UNITS
from layouts.findings.cases import NO_AGENCY
from layouts.formats import NOTHING, duration, number
from layouts.panel import Row
from layouts.reports.facts import Facts, listed
from layouts.reports.paper import Cell, Column, Figure, Section, Source, Table
from layouts.reports.tally import Tally, of_service, tallies, whole
from sensors.city import Service
from sensors.pack.stages import Stage

QUESTIONS = ("cases_between",)
COLUMNS = (
    Column("Masuk", "right"),
    Column("Selesai", "right"),
    Column("Terbuka", "right"),
    Column("Menunggu", "right"),
    Column("Lewat tenggat", "right"),
    Column("Terbuka terlama", "right"),
    Column("Lama selesai", "right"),
)
_TOPICS = 5


def section(facts: Facts) -> Section:
    """What the mayor is told of complaints."""
    service = next(iter(facts.city.services.values()))
    rows = of_service(facts, service.key)
    every = whole(facts, rows)
    found = tallies(facts, lambda row: row["agency"] or NO_AGENCY, rows)
    lateness = {key: each for key, each in found.items() if each.late}
    return Section(
        "complaints",
        f"Aduan warga ({service.name})",
        said=(_said(every, lateness, facts), *_topics(rows, facts, service)),
        figures=figures("complaints", every),
        blocks=(
            Table(
                (Column("OPD", part=1), *COLUMNS),
                tuple(
                    (Cell(facts.agency(key), key, strong=bool(each.late)), *cells(each, facts))
                    for key, each in sorted(found.items(), key=_urgency)
                ),
                total=(Cell("Semua OPD", strong=True), *cells(every, facts)),
                empty="Tidak ada aduan.",
                note=rule_note(every, service),
            ),
        ),
        sources=(source(service),),
        newest=every.newest,
    )


def figures(group: str, every: Tally) -> tuple[Figure, ...]:
    """The counts of a group of cases under its name."""
    late = len(every.late)
    return (
        Figure(f"{group}.opened", "Aduan masuk", every.opened, number(every.opened), f"{number(every.done)} selesai"),
        Figure(
            f"{group}.done", "Aduan selesai", every.done, number(every.done), f"dari {number(every.opened)} yang masuk"
        ),
        Figure(
            f"{group}.open",
            "Aduan terbuka",
            every.open,
            number(every.open),
            f"{number(every.waiting)} belum ditindaklanjuti",
        ),
        Figure(
            f"{group}.late",
            "Aduan lewat tenggat",
            late,
            number(late),
            f"dari {number(every.open)} terbuka",
            2 if late else 0,
        ),
    )


def cells(each: Tally, facts: Facts) -> tuple[Cell, ...]:
    """The counts of a group as cells under `COLUMNS`."""
    oldest = (facts.moment - each.oldest).total_seconds() if each.oldest else None
    late = len(each.late)
    return (
        Cell(number(each.opened), each.opened),
        Cell(number(each.done), each.done),
        Cell(number(each.open), each.open),
        Cell(number(each.waiting), each.waiting),
        Cell(number(late), late, 2 if late else None),
        Cell(duration(oldest) if oldest is not None else NOTHING, oldest),
        Cell(duration(each.median_took), each.median_took),
    )


def rule_note(every: Tally, service: Service) -> str:
    """By which rule the late ones are late; without any, which rules there are."""
    legend = "Terbuka, menunggu, lewat tenggat: pada akhir periode. Lama selesai: median yang selesai dalam periode."
    if every.rules:
        told = "; ".join(f"{number(n)} {_limit(stage)}" for stage, n in every.rules)
        return f"{legend} Aturan yang dilampaui: {told}."
    told = "; ".join(dict.fromkeys(_limit(stage) for stage in service.stages))
    return f"{legend} Tenggat yang berlaku: {told}." if told else legend


def source(service: Service) -> Source:
    """The service, with the regulations of its deadlines."""
    rules = list(dict.fromkeys(stage.regulation for stage in service.stages))
    return Source(
        f"Kasus {service.name}",
        "perubahan status lewat MQTT, keadaan pada akhir periode dari riwayatnya",
        f"tenggat: {listed(rules, 3)}" if rules else "",
        any(stage.sample for stage in service.stages),
    )


def _limit(stage: Stage) -> str:
    sample = ", contoh" if stage.sample else ""
    return f"{stage.name.lower()} {number(stage.length)} {UNITS[stage.unit]} ({stage.regulation}{sample})"


def _said(every: Tally, lateness: dict[str, Tally], facts: Facts) -> str:
    said = f"{number(every.opened)} aduan masuk dan {number(every.done)} selesai; {number(every.open)} terbuka"
    if not every.late:
        return f"{said}, tidak ada yang lewat tenggat."
    worst = sorted(lateness.items(), key=_urgency)
    named = listed([f"{facts.agency(key)} {number(len(each.late))}" for key, each in worst], 3)
    return f"{said}, {number(len(every.late))} di antaranya lewat tenggat ({named})."


def _topics(rows: list[Row], facts: Facts, service: Service) -> tuple[str, ...]:
    found = tallies(facts, lambda row: row["category"] or "", rows)
    most = sorted(
        ((key, each.opened) for key, each in found.items() if each.opened), key=lambda item: (-item[1], item[0])
    )
    if not most:
        return ()
    named = [f"{service.categories[key].name} {number(n)}" for key, n in most if key in service.categories]
    return (f"Terbanyak: {', '.join(named[:_TOPICS])}.",)


def _urgency(item: tuple[str, Tally]) -> tuple[int, int, int, str]:
    key, each = item
    return -len(each.late), -each.open, -each.opened, key
