"""Complaints over a month: day by day, by agency, by what they are about and where, beside the month before."""

from __future__ import annotations

from layouts.formats import number
from layouts.reports import complaints
from layouts.reports.agency import grouped
from layouts.reports.course_of_days import came_and_went
from layouts.reports.facts import Facts
from layouts.reports.paper import Section
from layouts.reports.tally import counted, of_service, whole

QUESTIONS = ("cases_between",)


def section(facts: Facts) -> Section:
    """What a month says of complaints."""
    service = next(iter(facts.city.services.values()))
    rows = list(counted(of_service(facts, service.key), facts.city))
    told, every = complaints.section(facts), whole(facts, rows)
    before = whole(facts.before, of_service(facts.before, service.key)) if facts.before else None
    than = f" Bulan sebelumnya {number(before.opened)} masuk, {number(before.done)} selesai." if before else ""
    categories, places = grouped(rows, facts)
    return Section(
        told.key,
        told.title,
        said=(told.said[0] + than, *told.said[1:]),
        figures=complaints.figures("complaints", every),
        blocks=(came_and_went(rows, facts), *told.blocks, categories, places),
        sources=told.sources,
        newest=every.newest,
    )
