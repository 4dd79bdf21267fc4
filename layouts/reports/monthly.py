"""The monthly report: prices, air and complaints, each over the whole month and beside the one before."""

from __future__ import annotations

from layouts.reports import coverage, month_air, month_complaints, month_prices
from layouts.reports.facts import Facts
from layouts.reports.paper import Paper, Sentence
from layouts.reports.putting import put_together

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
    day = tuple(Sentence(each.title, each.said[0]) for each in sections[:3])
    return put_together(
        facts, sections, day, LEADING, name=NAME, kicker=TITLE, title=facts.period.words, about="harga, udara dan aduan"
    )
