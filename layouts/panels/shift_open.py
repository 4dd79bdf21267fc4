"""What stands open when a shift ends: by owner and priority, the gravest alarms, and what is put aside until when."""

from __future__ import annotations

from datetime import timedelta

from layouts import alarm_lines, alarm_words, html, links, parts
from layouts.findings.alarm_list import heard
from layouts.findings.alarms import PRIORITY_WORDS, Alarm, owner_words, place_words
from layouts.findings.shift import Open, Owner, open_of, untaken_of
from layouts.formats import number
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(seconds=45), timedelta(minutes=3)
SHOWN = 12
"""Groups of alarms that are told one by one; the list has all."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw a row an owner, then the gravest alarms, then those that are shelved."""
    city, found, observed = context.city, open_of(rows, context), heard(rows, "alarms_now")
    body: list[Element] = [*_standing(found, city), *_shelved(found, context)]
    counts = len(found.alarms), untaken_of(rows), len(found.shelved)
    note = "{} alarm perlu orang, {} belum diterima, {} ditunda".format(*map(number, counts))
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note, scrolls=True)


def _standing(found: Open, city: City) -> list[Element]:
    if not found.owners:
        return [parts.nothing("○ Tidak ada alarm yang terbuka.")]
    names = ("Pemilik", *(f"Prioritas {words}" for words in PRIORITY_WORDS.values()), "Belum diterima", "Tertua")
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in names]))
    table = html.Table([head, html.Tbody([_owner(each, city) for each in found.owners])], className="sheet numbers")
    rest = len(found.groups) - SHOWN
    more = [html.P(html.A("Semua alarm", href=links.alarms()), className="sub")] if rest > 0 else []
    return [
        html.Div(table, id="shift_open-owners"),
        html.Div(alarm_lines.lines(found.groups[:SHOWN], city), id="shift_open-alarms"),
        *more,
    ]


def _owner(each: Owner, city: City) -> html.Tr:
    known = city.agencies.get(each.key)
    name = known.short if known else "belum ada"
    cells = [
        _count(each.by_priority.get(priority, 0), agency=each.key, priority=priority) for priority in PRIORITY_WORDS
    ]
    return html.Tr(
        [
            html.Th(html.A(name, href=links.alarms(agency=each.key)), scope="row"),
            *cells,
            _count(each.unseen, agency=each.key, life="baru"),
            html.Td(parts.ago(f"shift_open-since-{each.key}", each.since)),
        ],
        id=f"shift_open-owner-{each.key}",
    )


def _count(n: int, **filters: str) -> html.Td:
    words = number(n)
    return html.Td(html.A(words, href=links.alarms(**filters)) if n else words, className="figures")


def _shelved(found: Open, context: Context) -> list[Element]:
    head = html.H3("Ditunda", id="shift_open-shelved-head")
    if not found.shelved:
        return [head, html.P("○ Tidak ada yang ditunda.", className="nothing", id="shift_open-shelved")]
    return [
        head,
        html.Ul([_put_aside(each, context) for each in found.shelved], id="shift_open-shelved", className="told"),
    ]


def _put_aside(each: Alarm, context: Context) -> html.Li:
    row, city = each.row, context.city
    until = alarm_words.at(row["shelved_until"], context.now, city)
    return html.Li(
        [
            html.A(each.title, href=links.alarm(row["id"])),
            html.Span(f" {place_words(row, city)} · {owner_words(row, city)} · sampai {until}", className="sub"),
        ],
        id=f"shift_open-shelved-{row['id']}",
    )


PANEL = Panel(
    key="shift_open",
    title="Masih terbuka",
    streams=frozenset({"alarms", "components"}),
    questions=(Question("alarms_now", anyway=10.0), Question("alarm_engine", every=5.0, anyway=10.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    look="handover",
)
