"""What a report rests on: how much was heard, what was worked on, whose bounds were held, how to ask again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.alarms import alarm_of
from layouts.findings.health import WHOLE
from layouts.findings.history import HOUR
from layouts.findings.incident import OPTIONS, Incident, Measured, heard_of, incident_of, measured, span_words, steps_of
from layouts.formats import inside, number, percent
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows
from sensors.alarm import AlarmRule
from sensors.kinds import KINDS

LATE, STALE = timedelta(days=36_500), timedelta(days=36_501)
KEY = "incident_basis"
_KINDS = ("water_level", "rain")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the facts, the devices that were not whole, and every rule that raised an alarm with its source."""
    found, observed = incident_of(context), heard_of(rows)
    each = [one for kind in _KINDS for one in measured(rows, KINDS[kind], context)]
    rules = _rules(rows, context)
    body: list[Element] = [parts.facts(KEY, _facts(found, each, rows, context)), *_thin(each), *_sources(rules)]
    return parts.frame(PANEL, body, observed, empty=observed is None)


def _facts(found: Incident, each: Sequence[Measured], rows: Rows, context: Context) -> list[parts.Fact]:
    heard = sum(one.course.share for one in each) / len(each) if each else 0.0
    whole = sum(one.course.share >= WHOLE for one in each)
    hourly = steps_of(found, context).step == HOUR
    windows = rows.get("incident_windows", ())
    names = [context.city.devices[row["device"]].name for row in windows if row["device"] in context.city.devices]
    worked = f"{', '.join(dict.fromkeys(names))}: datanya tidak dihitung" if names else "tidak ada perangkat"
    grain = "rollup jam" if hourly else "rollup menit"
    devices = f"{number(whole)} dari {number(len(each))} deret utuh"
    again = links.incident(found.since, found.until, context.city.zone, district=found.district)
    return [
        ("Rentang", span_words(found, context.city), "span"),
        ("Kelengkapan muka air dan hujan", f"rerata {percent(100 * heard)} data terdengar; {devices}", "share"),
        ("Nilai dari", f"{grain}, tertinggi dan terendahnya dari setiap bacaan", "grain"),
        ("Dirawat", worked, "work"),
        ("Alarm", "menurut waktu di sumber; yang ditarik karena data terlambat tidak dihitung", "alarms"),
        ("Kasus", "menurut waktu masuk; berakhir menurut perubahan terakhirnya", "cases"),
        ("Laporan ini lagi", html.A(again, href=again, translate="no"), "again"),
    ]


def _thin(each: Sequence[Measured]) -> list[Element]:
    thin = sorted((one for one in each if one.course.share < WHOLE), key=lambda one: one.course.share)
    if not thin:
        return []
    told = [
        html.Li([html.A(one.device.name, href=links.unit(one.device.key)), f", {inside(one.course.kind.name)}: ",
                 f"{percent(100 * one.course.share)} dari {number(one.course.expected)} data"])
        for one in thin
    ]  # fmt: skip
    return [html.H3("Deret yang tidak utuh"), html.Ul(told, className="told incident-thin", id=f"{KEY}-thin")]


def _rules(rows: Rows, context: Context) -> list[AlarmRule]:
    alarms = (alarm_of(row, context.city) for row in rows.get("incident_alarms", ()))
    return list({each.rule.key: each.rule for each in alarms if each.rule}.values())


def _sources(rules: Iterable[AlarmRule]) -> list[Element]:
    told = [
        html.Tr(
            [
                html.Th(rule.title, scope="row"),
                html.Td(f"{rule.valid_from:%d-%m-%Y}"),
                html.Td([rule.source, *([html.Span(" contoh", className="badge alarm-sample")] if rule.sample else [])],
                        className="wraps"),
            ]
        )
        for rule in sorted(rules, key=lambda rule: rule.key)
    ]  # fmt: skip
    if not told:
        return []
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in ("Aturan", "Sejak", "Sumber")]))
    table = html.Table([head, html.Tbody(told)], className="sheet")
    return [html.H3("Aturan yang memunculkan alarm"), html.Div(table, id=f"{KEY}-rules")]


PANEL = Panel(
    key=KEY,
    title="Dasar laporan ini",
    streams=frozenset({"alarms", "readings"}),
    questions=(
        Question("incident_courses", every=15.0),
        Question("incident_alarms", every=5.0),
        Question("incident_windows", every=30.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=5.0,
    options=OPTIONS,
)
