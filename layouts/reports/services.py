"""Every service of the city in one line each, and every agency over all of them."""

from __future__ import annotations

from layouts.findings.cases import NO_AGENCY
from layouts.formats import number
from layouts.reports.complaints import COLUMNS, cells
from layouts.reports.facts import Facts, listed
from layouts.reports.paper import Cell, Column, Figure, Section, Source, Table
from layouts.reports.tally import Tally, tallies, whole

QUESTIONS = ("cases_between",)


def section(facts: Facts) -> Section:
    """All services as the six lines of the room."""
    found, every = tallies(facts, lambda row: row["service"]), whole(facts)
    agencies = tallies(facts, lambda row: row["agency"] or NO_AGENCY)
    late = len(every.late)
    return Section(
        "services",
        "Layanan kota",
        said=(_said(every, sum(bool(each.late) for each in agencies.values())),),
        figures=(
            Figure("services.opened", "Kasus masuk, semua layanan", every.opened, number(every.opened)),
            Figure("services.late", "Lewat tenggat, semua layanan", late, number(late), "", 2 if late else 0),
        ),
        blocks=(
            Table(
                (Column("Layanan", part=1), *COLUMNS),
                tuple(
                    (Cell(service.name, key), *cells(found.get(key, Tally()), facts))
                    for key, service in facts.city.services.items()
                ),
                total=(Cell("Semua layanan", strong=True), *cells(every, facts)),
                note="Panggilan iseng dan senyap ke 112 tidak dihitung sebagai kasus.",
            ),
        ),
        sources=(source(facts),),
        newest=every.newest,
    )


def _said(every: Tally, late_at: int) -> str:
    cases = f"{number(every.opened)} kasus masuk, {number(every.ended)} ditutup"
    return f"Di semua layanan {cases}; {number(len(every.late))} lewat tenggat di {number(late_at)} OPD."


def source(facts: Facts) -> Source:
    """All services, with the regulations of their deadlines."""
    stages = [stage for service in facts.city.services.values() for stage in service.stages]
    rules = list(dict.fromkeys(stage.regulation for stage in stages))
    return Source(
        "Kasus semua layanan",
        "perubahan status lewat MQTT, keadaan pada akhir periode dari riwayatnya",
        f"tenggat: {listed(rules, 4)}" if rules else "",
        any(stage.sample for stage in stages),
    )
