"""What happened in the span of an incident, one line a thing, in the order of time."""

from __future__ import annotations

from datetime import timedelta

from layouts import courses, html, parts, theme
from layouts.findings.incident import OPTIONS, heard_of, incident_of
from layouts.findings.incident_events import Event, events_of
from layouts.formats import clock, day, number
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(days=36_500), timedelta(days=36_501)
MOST = 600
_HEADS = ("Waktu", "Apa", "Di mana", "Oleh dan catatan")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the lines; where there are too many the first ones, and how many were left out."""
    city, found, observed = context.city, events_of(rows, context), heard_of(rows)
    if not found:
        words = "○ Tidak ada alarm, langkah, peringatan atau perubahan siaga dalam rentang ini."
        return parts.frame(PANEL, parts.nothing(words), observed, empty=observed is None)
    span = incident_of(context)
    several = day(span.since, city.zone) != day(span.until, city.zone)
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    lines = [_line(each, city, several=several) for each in found[:MOST]]
    body: list[html.Table | html.P] = [html.Table([head, html.Tbody(lines)], className="sheet incident-events")]
    if len(found) > MOST:
        rest = f"{number(len(found) - MOST)} kejadian berikutnya tidak muat: persempit rentangnya."
        body.append(html.P(rest, className="sub"))
    note = f"{number(len(found))} kejadian, waktu {city.zone_word}"
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note, scrolls=True)


def _line(each: Event, city: City, *, several: bool) -> html.Tr:
    at = courses.when(each.at, city.zone) if several else clock(each.at, city.zone)
    sign = "✓" if each.better else theme.level(each.rank).sign
    return html.Tr(
        [
            html.Td(at),
            html.Th(
                [html.Span(f"{sign} ", className=f"status rank-{each.rank}"), html.A(each.what, href=each.href)],
                scope="row",
                className="wraps",
            ),
            html.Td(each.where, className="wraps"),
            html.Td(" · ".join(words for words in (each.by, each.note) if words), className="wraps"),
        ],
        id=f"incident_events-{each.key}",
        **parts.marked(event=each.key),
    )


PANEL = Panel(
    key="incident_events",
    title="Urutan kejadian",
    streams=frozenset({"alarms", "bulletins", "readings"}),
    questions=(
        Question("incident_alarms", every=5.0),
        Question("incident_steps", every=5.0),
        Question("incident_bulletins", every=10.0),
        Question("incident_courses", every=15.0),
        Question("incident_windows", every=30.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=2.0,
    options=OPTIONS,
)
