"""Calls for help (112): incidents apart from calls that are none, and how soon help came against the norm."""

from __future__ import annotations

from collections import Counter

from layouts.findings.response import Response, emergency_service, response_of
from layouts.formats import NOTHING, number, percent
from layouts.panel import Row
from layouts.reports.complaints import source
from layouts.reports.facts import Facts
from layouts.reports.paper import Cell, Column, Figure, Section, Table
from layouts.reports.tally import Tally, of_service, tallies, whole
from sensors.city import Service

QUESTIONS = ("cases_between", "service_steps")
_COLUMNS = (
    Column("Jenis insiden", part=1.4),
    Column("Masuk", "right", 0.6),
    Column("Selesai", "right", 0.6),
    Column("Masih terbuka", "right", 0.6),
    Column("Lewat norma", "right", 0.6),
)


def section(facts: Facts) -> Section | None:
    """What the mayor is told of calls for help; None where the pack has no such service."""
    service = emergency_service(facts.city)
    if service is None:
        return None
    rows = of_service(facts, service.key)
    every, response = whole(facts, rows), _response(facts, service)
    found = tallies(facts, lambda row: row["category"] or "", rows)
    apart = _apart(rows, service, facts)
    return Section(
        "calls",
        service.name,
        said=(_said(every, response),),
        figures=(
            Figure("calls.incidents", "Insiden 112", every.opened, number(every.opened)),
            Figure(
                "calls.minutes",
                "Waktu tanggap, median",
                response.arrival.minutes,
                f"{number(response.arrival.minutes, 1)} menit",
                _norm(response),
            ),
            Figure("calls.apart", "Panggilan bukan insiden", sum(apart.values()), number(sum(apart.values()))),
        ),
        blocks=(
            Table(
                _COLUMNS,
                tuple(
                    _row(key, each, service)
                    for key, each in sorted(found.items(), key=lambda item: (-item[1].opened, item[0]))
                ),
                total=_cells("Semua insiden", every),
                empty="Tidak ada insiden.",
                note=_note(apart, service, response),
            ),
        ),
        sources=(source(service),),
        newest=every.newest,
    )


def _response(facts: Facts, service: Service) -> Response:
    """Of those opened in the period, by the steps that had been taken at its end."""
    rows = [
        row
        for row in facts.of("service_steps")
        if facts.period.since <= row["opened_at"] and row["at"] < facts.period.until
    ]
    return response_of({"service_steps": rows}, service, facts.city, facts.moment)


def _apart(rows: list[Row], service: Service, facts: Facts) -> Counter[str]:
    """What came in the period and is no incident, by its class."""
    classes = {key for key, each in service.categories.items() if not each.counts}
    return Counter(
        row["category"] for row in rows if row["category"] in classes and row["opened_at"] >= facts.period.since
    )


def _said(every: Tally, response: Response) -> str:
    said = f"{number(every.opened)} insiden dilaporkan, {number(every.open)} masih terbuka pada akhir periode"
    if not response.arrived:
        return f"{said}; belum ada waktu kedatangan yang tercatat."
    share = percent(100 * response.kept / response.arrived)
    return (
        f"{said}; petugas tiba dalam {number(response.arrival.minutes, 1)} menit (median), "
        f"{number(response.kept)} dari {number(response.arrived)} ({share}) dalam norma {_norm(response)}."
    )


def _norm(response: Response) -> str:
    norms = dict.fromkeys(number(each) for each in (*response.norms[:1], *response.norms[-1:]))
    return f"{'–'.join(norms)} menit{' (sebagian contoh)' if response.sample else ''}"


def _row(key: str, each: Tally, service: Service) -> tuple[Cell, ...]:
    known = service.categories.get(key)
    return _cells(known.name if known else key or "tanpa jenis", each)


def _cells(name: str, each: Tally) -> tuple[Cell, ...]:
    late = len(each.late)
    return (
        Cell(name),
        Cell(number(each.opened), each.opened),
        Cell(number(each.ended), each.ended),
        Cell(number(each.open), each.open),
        Cell(number(late), late, 2 if late else None),
    )


def _note(apart: Counter[str], service: Service, response: Response) -> str:
    told = ", ".join(f"{service.categories[key].name.lower()} {number(n)}" for key, n in apart.most_common())
    calls = f"Panggilan yang bukan insiden, dihitung terpisah: {told}." if told else ""
    waiting = f" Belum didatangi dan lewat norma: {number(response.waiting_late)}." if response.waiting_late else ""
    return f"{calls}{waiting}" or NOTHING
