"""The daily report for the mayor: the day in three sentences, then every subject with its figures and its gaps."""

from __future__ import annotations

from collections.abc import Mapping

from layouts.formats import moment
from layouts.reports import air, alarms, calls, complaints, coverage, prices, rain, rivers, services
from layouts.reports.facts import Facts, newest
from layouts.reports.paper import Figure, Paper, Section, Sentence, sources_of

NAME = "harian"
PERIOD = "day"
TITLE = "Laporan harian"
SECTIONS = (alarms, rivers, rain, air, complaints, calls, prices, services, coverage)
QUESTIONS = tuple(dict.fromkeys(name for each in SECTIONS for name in each.QUESTIONS))
LEADING = (
    "alarms.high",
    "rivers.highest",
    "rain.most",
    "air.ispu",
    "complaints.opened",
    "complaints.late",
    "prices.above",
    "coverage.share",
)
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
    """Up to when its newest data go. When it was made is not said: the same data make the same report."""
    last = newest(each.newest for each in sections)
    zone, word = facts.city.zone, facts.city.zone_word
    if last is None:
        return "tanpa data"
    return (
        "dari data sampai akhir periode"
        if last >= facts.period.until
        else f"dari data sampai {moment(last, zone, word)}"
    )


def marks_of(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """What rests on samples."""
    return tuple(dict.fromkeys(each.what for section in sections for each in section.sources if each.sample))


def _day(said: Mapping[str, tuple[str, ...]]) -> tuple[Sentence, ...]:
    """What called somebody, what nature did, what citizens and markets said."""
    subjects = (
        ("Alarm", ("alarms",)),
        ("Hujan dan sungai", ("rain", "rivers")),
        ("Warga dan pasar", ("complaints", "prices")),
    )
    told = ((head, " ".join(said[key][0] for key in keys if said.get(key))) for head, keys in subjects)
    return tuple(Sentence(head, words) for head, words in told if words)
