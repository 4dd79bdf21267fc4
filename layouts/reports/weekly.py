"""The weekly report of one agency: its cases, what is late, its alarms, and how whole the data of its devices were."""

from __future__ import annotations

from dataclasses import replace

from layouts.reports import agency, alarms, coverage
from layouts.reports.facts import Facts
from layouts.reports.paper import Paper, Sentence
from layouts.reports.putting import put_together

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
    return put_together(
        facts,
        tuple(sections),
        (Sentence(sections[0].title, sections[0].said[0]),),
        LEADING,
        name=NAME,
        kicker=TITLE,
        title=owner.name if owner else "Kasus tanpa OPD",
        about=facts.period.words,
        marks=("nama OPD",) if owner and owner.sample else (),
    )
