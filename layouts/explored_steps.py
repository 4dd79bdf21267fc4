"""The steps of an answer as chart and as lines: what the explorer's page and its document have in common."""

from __future__ import annotations

from datetime import datetime, timedelta

from layouts import theme
from layouts.charts import Bars, Chart, Line, Tick
from layouts.explored_told import Told, date, value, what
from layouts.findings.explored import LENGTHS, Answer, Step
from layouts.findings.explored_words import STEPS
from layouts.formats import clock, day, number, percent, weekday

_TICKS = 7
_FEW = 4.0
"""So many of what is counted fill the chart at the least: no rule stands between one and two."""
_SHORT = timedelta(days=2)
"""Up to so long hours are marked."""


def chart(told: Told) -> Chart:
    """Sums and counts as bars, means as a line; the answer it is compared with as a line over the same place."""
    answer, other = told.answer, told.other
    asked, length = answer.asked, LENGTHS[answer.asked.step or "day"]
    counted = asked.adds_up or not asked.stream.measured
    lines = [] if counted else [Line(_begun(answer), 1.6 * length, words="")]
    if other is not None and other.steps:
        shift = asked.since - other.asked.since
        theirs = tuple((at + shift, value_) for at, value_ in _begun(other))
        lines.insert(0, Line(theirs, 1.6 * length, colour=theme.ORANGE, tone="tone-orange", words=""))
    return Chart(
        since=asked.since, until=asked.until, ticks=_ticks(told), now="", zero=counted, lines=tuple(lines),
        bars=(Bars(_moments(answer), length),) if counted else (), room=not counted,
        least=0.0 if asked.stream.measured else _FEW,
    )  # fmt: skip


def alt(told: Told) -> str:
    """What the chart shows, for whoever does not see it."""
    values = [step.value for step in told.answer.steps if step.value is not None]
    step = STEPS[told.answer.asked.step or "day"]
    if not values:
        return f"{what(told)} per {step}: belum ada data"
    low, high = value(told, min(values)), value(told, max(values))
    return f"{what(told)} per {step}: terendah {low}, tertinggi {high}"


def caption(told: Told) -> str:
    """What each of its marks stands for."""
    asked = told.answer.asked
    step = STEPS[asked.step or "day"]
    how = "banyaknya" if not asked.stream.measured else "jumlah" if asked.adds_up else "rata-rata"
    beside = " · jingga: pembanding" if told.other is not None and told.other.steps else ""
    return f"{how} tiap {step}{beside}"


def heads(told: Told) -> list[str]:
    """The heads of a table of steps."""
    asked = told.answer.asked
    if not asked.stream.measured:
        return ["Mulai", "Banyaknya"]
    found = ["Mulai", "Jumlah" if asked.adds_up else "Rata-rata", "Terendah", "Tertinggi", "Data"]
    return [*found, "Kelengkapan"] if told.answer.whole.share is not None else found


def cells(told: Told, step: Step) -> list[str]:
    """What stands under the heads for one step, from the second on."""
    found = [value(told, step.value)]
    if told.answer.asked.stream.measured:
        found += [value(told, step.low), value(told, step.high), number(step.n)]
    if told.answer.whole.share is not None:
        found.append(percent(None if step.share is None else 100 * step.share))
    return found


def start(told: Told, step: Step) -> str:
    """When a step begins, with its year where the question goes beyond one."""
    asked, city = told.answer.asked, told.city
    at = step.at or asked.since
    if asked.step == "hour":
        return f"{day(at, city.zone)} {clock(at, city.zone)}"
    years = {each.astimezone(city.zone).year for each in (asked.since, asked.until - timedelta(seconds=1))}
    return weekday(at, city.zone) if len(years) == 1 else date(at, city)


def _moments(answer: Answer) -> tuple[tuple[datetime, float], ...]:
    return tuple((step.at, step.value) for step in answer.steps if step.at and step.value is not None)


def _begun(answer: Answer) -> tuple[tuple[datetime, float], ...]:
    """The same for a line, where a step that began before what is asked about begins with it."""
    return tuple((max(at, answer.asked.since), value_) for at, value_ in _moments(answer))


def _ticks(told: Told) -> tuple[Tick, ...]:
    asked, zone = told.answer.asked, told.city.zone
    span = asked.until - asked.since
    every = span / 8 if span <= _SHORT else timedelta(days=max(1, round(span.days / _TICKS)))
    found: list[Tick] = []
    at = asked.since + every
    while at < asked.until:
        words = day(at, zone) if every >= timedelta(days=1) or at.astimezone(zone).hour == 0 else clock(at, zone)
        found.append(Tick(at, words, minor=len(found) % 2 == 1))
        at += every
    return tuple(found)
