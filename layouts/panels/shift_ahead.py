"""What is to come: deadlines of this turn and the next, devices that are worked on, what has fallen silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import alarm_words, case_words, html, links, parts
from layouts.findings.deadlines import Dated
from layouts.findings.shift import ahead_of, silent_feeds
from layouts.findings.silence import silent_devices
from layouts.findings.streams import NAMES
from layouts.formats import number
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
SHOWN = 12


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one short list a subject; a list without a line says that this is well."""
    city = context.city
    observed = parts.newest(row["last_received_at"] for row in rows.get("feeds", ()))
    now, then, coming = ahead_of(rows, context)
    worked_on, feeds = rows.get("maintenance_now", ()), silent_feeds(rows, city, context.now)
    silent = silent_devices(rows, city, context.now)
    body = [
        _list("now", f"Tenggat dalam jaga ini: {number(len(now))} kasus", _cases(now, city), "tidak ada tenggat lagi"),
        _list(
            "next", f"Tenggat dalam jaga {coming.shift.name}: {number(len(then))} kasus", _cases(then, city),
            "tidak ada tenggat",
        ),
        _list("work", f"Dirawat: {number(len(worked_on))} perangkat", [_work(row, context) for row in worked_on],
              "tidak ada perangkat yang dirawat"),
        _list("feeds", f"Aliran diam: {number(len(feeds))}", [_feed(row) for row in feeds], "semua aliran terdengar"),
        _list(
            "silent", f"Perangkat diam: {number(len(silent))}",
            [html.A(each.name, href=links.unit(each.key)) for each in silent[:SHOWN]], "tidak ada perangkat yang diam",
            len(silent) - SHOWN,
        ),
    ]  # fmt: skip
    return parts.frame(PANEL, html.Div(body, className="beside-tables"), observed, empty=observed is None)


def _list(ident: str, title: str, lines: Sequence[parts.Body], good: str, rest: int = 0) -> html.Div:
    """Lines under a heading; `good` is what no line means."""
    told: list[Element] = [html.Li(each) for each in lines[:SHOWN]]
    rest = max(rest, len(lines) - SHOWN)
    told += [html.Li(f"dan {number(rest)} lainnya", className="sub")] if rest > 0 else []
    said = html.Ul(told, className="told") if told else html.P(f"○ {good}", className="nothing")
    return html.Div([html.H3(title, id=f"shift_ahead-{ident}-head"), said], id=f"shift_ahead-{ident}")


def _cases(found: Sequence[Dated], city: City) -> list[parts.Body]:
    return [_case(each, city) for each in found[: SHOWN + 1]] + [""] * max(0, len(found) - SHOWN - 1)


def _case(each: Dated, city: City) -> parts.Body:
    row = each.row
    about = f" {case_words.agency(row['agency'], city)} · sampai {case_words.due_day(each.due, city)}"
    name = f"{case_words.category(row, city)}, {row['case_id']}"
    return [html.A(name, href=links.case(row["service"], row["case_id"])), html.Span(about, className="sub")]


def _work(row: Row, context: Context) -> parts.Body:
    place = context.city.devices.get(row["device"])
    until = alarm_words.at(row["ends_at"], context.now, context.city)
    said = html.Span(f" sampai {until}: {row['reason']}", className="sub")
    return [html.A(place.name if place else row["device"], href=links.unit(row["device"])), said]


def _feed(row: Row) -> parts.Body:
    name = NAMES.get(row["stream"], row["stream"])
    return [html.A(name, href="/data"), " ", parts.ago(f"shift_ahead-feed-{row['stream']}", row["last_received_at"])]


PANEL = Panel(
    key="shift_ahead",
    title="Untuk jaga berikutnya",
    streams=frozenset({"cases", "readings", "devices", "prices", "bulletins"}),
    questions=(
        Question("service_open", every=5.0),
        Question("feeds", every=5.0),
        Question("maintenance_now", every=5.0),
        Question("latest_readings", every=10.0),
        # Its beat draws the panel anew while nothing else is heard: silence is what time alone brings.
        Question("alarm_engine", every=5.0, anyway=10.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=5.0,
    look="handover",
)
