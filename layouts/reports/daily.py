"""The daily report for the mayor: the day in three sentences, then every subject with its figures and its gaps."""

from __future__ import annotations

from collections.abc import Mapping

from layouts.reports import air, alarms, calls, complaints, coverage, prices, rain, rivers, services
from layouts.reports.facts import Facts
from layouts.reports.paper import Paper, Sentence
from layouts.reports.putting import put_together

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
    return put_together(
        facts, sections, _day(said), LEADING, name=NAME, kicker=TITLE, title=facts.period.words, about="untuk Wali Kota"
    )


def _day(said: Mapping[str, tuple[str, ...]]) -> tuple[Sentence, ...]:
    """What called somebody, what nature did, what citizens and markets said."""
    subjects = (
        ("Alarm", ("alarms",)),
        ("Hujan dan sungai", ("rain", "rivers")),
        ("Warga dan pasar", ("complaints", "prices")),
    )
    told = ((head, " ".join(said[key][0] for key in keys if said.get(key))) for head, keys in subjects)
    return tuple(Sentence(head, words) for head, words in told if words)
