"""Putting a report together: what all of them have beside their sections."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.formats import moment
from layouts.reports.facts import Facts, newest
from layouts.reports.paper import Figure, Paper, Section, Sentence, sources_of


def put_together(
    facts: Facts,
    sections: tuple[Section, ...],
    day: tuple[Sentence, ...],
    leading: Sequence[str],
    *,
    name: str,
    kicker: str,
    title: str,
    about: str,
    marks: tuple[str, ...] = (),
    data: str = "",
) -> Paper:
    """The report of these sections; `leading` are the keys of the figures on the first page, `marks` other samples.

    `data` says up to when the data go where no section knows their newest time.
    """
    samples = (each.what for section in sections for each in section.sources if each.sample)
    return Paper(
        name=name,
        kicker=kicker,
        title=title,
        about=about,
        city=facts.city.name,
        period=facts.period.words,
        until=facts.period.until_words(facts.city),
        data=data or _data_words(sections, facts),
        simulated=facts.simulated,
        ended=facts.period.until,
        day=day,
        leading=_leading(sections, leading),
        sections=(*sections, sources_of(sections)),
        marks=tuple(dict.fromkeys((*samples, *marks))),
    )


def _leading(sections: tuple[Section, ...], keys: Sequence[str]) -> tuple[Figure, ...]:
    """The figures of these keys, in their order; one that no section has is left out."""
    found = {figure.key: figure for section in sections for figure in section.figures}
    return tuple(found[key] for key in keys if key in found)


def _data_words(sections: tuple[Section, ...], facts: Facts) -> str:
    """Up to when its newest data go. When it was made is not said: the same data make the same report."""
    last = newest(each.newest for each in sections)
    if last is None:
        return "tanpa data"
    if last >= facts.period.until:
        return "dari data sampai akhir periode"
    return f"dari data sampai {moment(last, facts.city.zone, facts.city.zone_word)}"
