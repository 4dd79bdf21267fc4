"""The weekly report of one agency: its cases, what is late, its alarms, and how whole the data of its devices were."""

from __future__ import annotations

from dataclasses import replace

from layouts.reports import agency, alarms, coverage
from layouts.reports.daily import data_words, leading, marks_of
from layouts.reports.facts import Facts
from layouts.reports.paper import Paper, Sentence, sources_of

NAME = "mingguan"
PERIOD = "week"
TITLE = "Laporan mingguan OPD"
QUESTIONS = tuple(dict.fromkeys((*agency.QUESTIONS, *alarms.QUESTIONS, *coverage.QUESTIONS)))
COMPARED = agency.QUESTIONS
LEADING = (
    "agency.opened",
    "agency.ended",
    "agency.open",
    "agency.late",
    "agency.acted",
    "agency.took",
    "alarms.all",
    "coverage.share",
)


def paper_of(facts: Facts) -> Paper:
    """The report of one agency and week, from the answers to `QUESTIONS`."""
    owner = facts.city.agencies.get(facts.about)
    mine = {key: each for key, each in facts.city.devices.items() if each.agency == facts.about}
    own = replace(facts, city=replace(facts.city, devices=mine, markets={}))
    sections = [agency.week(facts), agency.late(facts), agency.called(facts)]
    if mine:
        sections.append(coverage.section(own))
    made = tuple(sections)
    return Paper(
        name=NAME,
        kicker=TITLE,
        title=owner.name if owner else "Kasus tanpa OPD",
        about=facts.period.words,
        city=facts.city.name,
        period=facts.period.words,
        until=facts.period.until_words(facts.city),
        data=data_words(made, facts),
        simulated=facts.simulated,
        ended=facts.period.until,
        day=(Sentence(made[0].title, made[0].said[0]),),
        leading=leading(made, LEADING),
        sections=(*made, sources_of(made)),
        marks=(*marks_of(made), *(("nama OPD",) if owner and owner.sample else ())),
    )
