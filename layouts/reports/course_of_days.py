"""How many cases came and went day by day, as a chart: what was opened as bars, what ended as a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from babel.dates import format_date

from layouts.charts import Bars, Chart, Line, Tick
from layouts.formats import LOCALE, number
from layouts.panel import Row
from layouts.reports.facts import Facts
from layouts.reports.paper import Picture, Pictures
from layouts.reports.plots import plotted

_DAY = timedelta(days=1)
_HALF = timedelta(hours=12)
_FEW = 10
"""Up to so many days each is named; of more every fifth."""


def days_of(facts: Facts) -> tuple[date, ...]:
    """The days of the period, begun ones included."""
    return tuple(facts.period.first + back * _DAY for back in range(facts.period.days))


def day_ticks(facts: Facts) -> tuple[Tick, ...]:
    """A mark in the middle of the days that are named."""
    few = facts.period.days <= _FEW
    return tuple(
        Tick(facts.city.calendar.ends(on) - _HALF, format_date(on, "EEE d" if few else "d", locale=LOCALE))
        for number_, on in enumerate(days_of(facts))
        if few or number_ % 5 == 0
    )


def came_and_went(rows: Iterable[Row], facts: Facts) -> Pictures:
    """The chart, with the sums in its words."""
    found, calendar = list(rows), facts.city.calendar
    opened = Counter(calendar.local_day(row["opened_at"]) for row in found)
    ended = Counter(calendar.local_day(row["status_at"]) for row in found if not row["is_open"])
    days = days_of(facts)
    chart = Chart(
        since=facts.period.since,
        until=calendar.ends(facts.period.last),
        ticks=day_ticks(facts),
        now="",
        least=4.0,
        zero=True,
        bars=(Bars(tuple((calendar.ends(on) - _DAY + _DAY * 0.07, float(opened[on])) for on in days), _DAY),),
        lines=(
            Line(tuple((calendar.ends(on) - _HALF, float(ended[on])) for on in days), 2 * _DAY, tone="tone-orange"),
        ),
    )
    came, went = sum(opened[on] for on in days), sum(ended[on] for on in days)
    said = f"batang: masuk {number(came)} · garis: ditutup {number(went)}"
    return Pictures(
        (Picture("Kasus per hari", said, f"Kasus per hari: masuk {came}, ditutup {went}", plotted(chart)),), 1, 26
    )
