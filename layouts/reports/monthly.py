"""The monthly report: prices, air and complaints, each over the whole month and beside the one before."""

from __future__ import annotations

from layouts.reports import coverage, month_air, month_complaints, month_prices
from layouts.reports.daily import data_words, leading, marks_of
from layouts.reports.facts import Facts
from layouts.reports.paper import Paper, Sentence, sources_of

NAME = "bulanan"
PERIOD = "month"
TITLE = "Laporan bulanan"
SECTIONS = (month_prices, month_air, month_complaints, coverage)
QUESTIONS = tuple(dict.fromkeys((*(name for each in SECTIONS for name in each.QUESTIONS), "price_board")))
COMPARED = ("price_days", "cases_between")
LEADING = (
    "prices.above",
    "air.ispu",
    "air.bad",
    "complaints.opened",
    "complaints.done",
    "complaints.open",
    "complaints.late",
    "coverage.share",
)


def paper_of(facts: Facts) -> Paper:
    """The report of one month, from the answers to `QUESTIONS`."""
    sections = tuple(each.section(facts) for each in SECTIONS)
    return Paper(
        name=NAME,
        kicker=TITLE,
        title=facts.period.words,
        about="harga, udara dan aduan",
        city=facts.city.name,
        period=facts.period.words,
        until=facts.period.until_words(facts.city),
        data=data_words(sections, facts),
        simulated=facts.simulated,
        ended=facts.period.until,
        day=tuple(Sentence(each.title, each.said[0]) for each in sections[:3]),
        leading=leading(sections, LEADING),
        sections=(*sections, sources_of(sections)),
        marks=marks_of(sections),
    )
