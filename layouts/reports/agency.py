"""One agency over a week: what came to it and how fast it went, what is late by which rule, and where."""

from __future__ import annotations

from collections.abc import Callable

from layouts.case_words import category, due_day, limit, place, service
from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.formats import duration, number, percent
from layouts.panel import Row
from layouts.reports import alarms, services
from layouts.reports.complaints import COLUMNS, cells
from layouts.reports.course_of_days import came_and_went
from layouts.reports.facts import Facts, listed
from layouts.reports.paper import Cell, Column, Figure, Section, Table
from layouts.reports.tally import Tally, counted, tallies, whole

QUESTIONS = ("cases_between",)
_MOST = 24
_LATE = (
    Column("Kasus"),
    Column("Layanan"),
    Column("Tentang", part=1.1),
    Column("Di mana", part=1.4),
    Column("Dibuka", "right"),
    Column("Tenggat", "right"),
    Column("Lewat", "right"),
    Column("Aturan", part=1.4),
)


def owned(facts: Facts) -> list[Row]:
    """The agency's cases."""
    mine = None if facts.about == NO_AGENCY_KEY else facts.about
    return [row for row in counted(facts.of("cases_between"), facts.city) if row["agency"] == mine]


def week(facts: Facts) -> Section:
    """Its figures beside those of the week before, day by day."""
    rows, every = owned(facts), whole(facts, owned(facts))
    last = whole(facts.before, owned(facts.before)) if facts.before else Tally()
    share = len(every.late) / every.open if every.open else 0.0
    return Section(
        "week",
        "Minggu ini",
        said=(_said(every, last),),
        figures=(
            Figure(
                "agency.opened", "Kasus masuk", every.opened, number(every.opened), _than(every.opened, last.opened)
            ),
            Figure("agency.ended", "Kasus ditutup", every.ended, number(every.ended), _than(every.ended, last.ended)),
            Figure(
                "agency.open",
                "Masih terbuka",
                every.open,
                number(every.open),
                f"{number(every.waiting)} belum ditindaklanjuti",
            ),
            Figure(
                "agency.late",
                "Lewat tenggat",
                len(every.late),
                number(len(every.late)),
                f"{percent(100 * share)} dari yang terbuka",
                2 if every.late else 0,
            ),
            Figure(
                "agency.acted",
                "Tindakan pertama setelah",
                every.median_acted,
                duration(every.median_acted),
                f"median {number(len(every.acted))} kasus",
            ),
            Figure(
                "agency.took",
                "Lama selesai",
                every.median_took,
                duration(every.median_took),
                f"median {number(len(every.took))} kasus",
            ),
        ),
        blocks=(came_and_went(rows, facts), *grouped(rows, facts)),
        sources=(services.source(facts),),
        newest=every.newest,
    )


def late(facts: Facts) -> Section:
    """The cases past their deadline, one by one, the longest first."""
    found = whole(facts, owned(facts)).late
    rows = tuple(
        (
            Cell(row["case_id"], row["case_id"], strong=True),
            Cell(service(row, facts.city)),
            Cell(category(row, facts.city)),
            Cell(place(row["subdistrict"], facts.city)),
            Cell(facts.clock(row["opened_at"])),
            Cell(due_day(due, facts.city)),
            Cell(duration((facts.moment - due.at).total_seconds()), (facts.moment - due.at).total_seconds(), 2),
            Cell(limit(due.stage)),
        )
        for due, row in found[:_MOST]
    )
    more = f"{number(len(found) - _MOST)} lainnya: halaman Aduan, saringan lewat tenggat." if len(found) > _MOST else ""
    return Section(
        "late",
        "Lewat tenggat pada akhir minggu",
        said=(
            f"{number(len(found))} kasus, yang terlama lebih dulu." if found else "Tidak ada kasus yang lewat tenggat.",
        ),
        blocks=(Table(_LATE, rows, note=more),) if found else (),
    )


def called(facts: Facts) -> Section:
    """The alarms that were its own."""
    found = alarms.section(facts)
    return Section(
        found.key, "Alarm milik OPD ini", found.said, found.figures, found.blocks, found.sources, found.newest
    )


def grouped(rows: list[Row], facts: Facts) -> tuple[Table, Table]:
    """By what the cases are about, and by kecamatan."""
    by_topic = _table("Menurut kategori", "Kategori", rows, facts, lambda row: _topic(row, facts))
    by_place = _table("Menurut kecamatan", "Kecamatan", rows, facts, lambda row: _district(row, facts))
    return by_topic, by_place


def _table(title: str, head: str, rows: list[Row], facts: Facts, key: Callable[[Row], str]) -> Table:
    found = sorted(
        tallies(facts, key, rows).items(),
        key=lambda item: (-len(item[1].late), -item[1].opened, -item[1].open, item[0]),
    )
    return Table(
        (Column(head, part=1), *COLUMNS),
        tuple((Cell(name), *cells(each, facts)) for name, each in found),
        title=title,
        empty="Tidak ada kasus.",
    )


def _topic(row: Row, facts: Facts) -> str:
    """What a case is about; of an agency, which has several services, with the service."""
    named = f" ({service(row, facts.city)})" if facts.about else ""
    return f"{category(row, facts.city)}{named}"


def _district(row: Row, facts: Facts) -> str:
    district = facts.city.districts.get((row["subdistrict"] or "")[:8])
    return district.name if district else "tanpa tempat"


def _said(every: Tally, last: Tally) -> str:
    said = (
        f"{number(every.opened)} kasus masuk dan {number(every.ended)} ditutup "
        f"(minggu sebelumnya {number(last.opened)} dan {number(last.ended)}); {number(every.open)} masih terbuka"
    )
    if not every.late:
        return f"{said}, tidak ada yang lewat tenggat."
    rules = listed([f"{stage.name.lower()} {number(n)}" for stage, n in every.rules], 3)
    return f"{said}, {number(len(every.late))} lewat tenggat ({rules})."


def _than(now: int, before: int) -> str:
    if now == before:
        return f"sama dengan minggu sebelumnya ({number(before)})"
    return f"{number(now - before, sign=True)} dari minggu sebelumnya ({number(before)})"
