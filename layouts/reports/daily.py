"""The daily report for the mayor: the day in three sentences, then every subject with its figures and its gaps."""

from __future__ import annotations

from collections.abc import Mapping

from layouts.formats import moment
from layouts.reports import air, alarms, calls, complaints, coverage, prices, rain, rivers, services
from layouts.reports.facts import Facts, newest
from layouts.reports.paper import Figure, Paper, Section, sources_of

NAME = "harian"
PERIOD = "day"
TITLE = "Laporan harian"
SECTIONS = (alarms, rivers, rain, air, complaints, calls, prices, services, coverage)
QUESTIONS = tuple(dict.fromkeys(name for each in SECTIONS for name in each.QUESTIONS))
LEADING = (
    "alarms.high", "rivers.highest", "rain.most", "air.ispu", "complaints.opened", "complaints.late", "prices.above",
    "coverage.share",
)  # fmt: skip
"""The figures that stand on the first page."""


def paper_of(facts: Facts) -> Paper:
    """The report of one day, from the answers to `QUESTIONS`."""
    made = (each.section(facts) for each in SECTIONS)
    sections = tuple(each for each in made if each is not None)
    said = {each.key: each.said for each in sections}
    return Paper(
        name=NAME,
        kicker=TITLE,
        title=facts.period.words,
        about="untuk Wali Kota",
        city=facts.city.name,
        period=facts.period.words,
        until=facts.period.until_words(facts.city),
        data=data_words(sections, facts),
        simulated=facts.simulated,
        ended=facts.period.until,
        day=_day(said),
        leading=leading(sections, LEADING),
        sections=(*sections, sources_of(sections)),
        marks=marks_of(sections),
    )


def leading(sections: tuple[Section, ...], keys: tuple[str, ...]) -> tuple[Figure, ...]:
    """The figures of these keys, in their order; one that no section has is left out."""
    found = {figure.key: figure for section in sections for figure in section.figures}
    return tuple(found[key] for key in keys if key in found)


def data_words(sections: tuple[Section, ...], facts: Facts) -> str:
    """From what the report was made: the newest data in it. When it was made is not said: the same data give it again."""
    last = newest(each.newest for each in sections)
    zone, word = facts.city.zone, facts.city.zone_word
    return f"dari data sampai {moment(min(last, facts.period.until), zone, word)}" if last else "tanpa data"


def marks_of(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """What rests on samples."""
    return tuple(dict.fromkeys(each.what for section in sections for each in section.sources if each.sample))


def _day(said: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Three sentences: what called somebody, what nature did, what citizens and markets said."""

    def first(key: str) -> str:
        return next(iter(said.get(key, ())), "")

    nature = " ".join(filter(None, (first("rain"), first("rivers"))))
    people = " ".join(filter(None, (first("complaints"), first("prices"))))
    return tuple(filter(None, (first("alarms"), nature, people)))
