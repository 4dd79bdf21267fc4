"""Price alarms: what is above its reference or jumped in a week, since when, under which regulation and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.price_concerns import Concern, concerns
from layouts.findings.price_sentences import NOTHING_SAID, sentences
from layouts.findings.standings import standings
from layouts.formats import number, short
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City

SHOWN = 5
"""Places that fit; the worst come first and the rest is counted in one line."""
LATE, STALE = timedelta(hours=26), timedelta(hours=50)
_LONGEST = 74


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the worst concerns; places no alarm needs are taken by what is worth watching."""
    city = context.city
    found = standings(rows, city, context.now)
    told = concerns(found, city.calendar.local_day(context.now))
    observed = parts.newest(row["observed_at"] for each in found for row in each.offers)
    alarming = sum(each.alarming for each in told)
    if observed is None:
        words = "Menunggu laporan harga pertama dari pasar."
        return parts.frame(PANEL, parts.nothing(words), None, empty=True)
    note = f"▲ {number(alarming)} komoditas" if alarming else "○ tidak ada"
    body = [*(_place(place, told[place] if place < len(told) else None, city) for place in range(SHOWN))]
    more = alarming - SHOWN
    body.append(html.Div(_more(told, more), id="price_alarms-more", className="rest"))
    return parts.frame(PANEL, body, observed, empty=False, note=note)


def _place(place: int, each: Concern | None, city: City) -> html.Div:
    said = sentences(each, city) if each else NOTHING_SAID
    rank = each.rank if each else 0
    head = [
        parts.link(
            f"price_alarms-name-{place}",
            said.name,
            links.commodity(each.standing.commodity.key) if each else None,
            f"name rank-{rank}",
        ),
        parts.text(f"price_alarms-figure-{place}", said.figure, f"over rank-{rank}"),
    ]
    return html.Div(
        [
            html.Span(head, className="line"),
            parts.text(f"price_alarms-price-{place}", said.price, "detail"),
            parts.text(f"price_alarms-rule-{place}", said.rule, "detail"),
            parts.text(f"price_alarms-where-{place}", said.where, "detail"),
        ],
        id=f"price_alarms-place-{place}",
        className=f"concern {each.why if each else 'free'}",
    )


def _more(told: Sequence[Concern], more: int) -> str:
    if more <= 0:
        return ""
    names = ", ".join(each.standing.commodity.name for each in told[SHOWN : SHOWN + more])
    return short(f"dan {number(more)} lagi: {names}", _LONGEST)


PANEL = Panel(
    key="price_alarms",
    title="Alarm harga",
    streams=frozenset({"prices"}),
    questions=(Question("price_board", every=1.0), Question("price_days", every=60.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    fit=Fit(width=20, height=18, rows=(".concern",)),
)
