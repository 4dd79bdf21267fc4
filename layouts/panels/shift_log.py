"""What happened in the shift that runs: how much of what, which position did how much, and the steps one by one."""

from __future__ import annotations

from datetime import timedelta

from layouts import alarm_words, html, links, parts
from layouts.findings.alarm_list import heard
from layouts.findings.alarms import place_words
from layouts.findings.shift import Done, done_of, turn_of
from layouts.formats import NOTHING, clock, number
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City
from sensors.shifts import Turn

LATE, STALE = timedelta(seconds=45), timedelta(minutes=3)
SHOWN = 60
_HEADS = ("Waktu", "Alarm", "Langkah", "Oleh", "Catatan")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the sums, then a row a step: of people all, of the engine what is of high priority."""
    city, turn, found, observed = context.city, turn_of(context), done_of(rows), heard(rows)
    note = f"jaga {turn.shift.name}, {clock(turn.begins_at, city.zone)}–{clock(turn.ends_at, city.zone)}"
    body = [*_sums(found, turn, context), *_steps(found, city)]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note, scrolls=True)


def _sums(found: Done, turn: Turn, context: Context) -> list[Element]:
    city = context.city
    counts = [
        f"{words} {number(found.counts[step])}" + (f" ({alarm_words.LATE})" if step == alarm_words.ESCALATED else "")
        for step, words in alarm_words.STEPS.items()
        if found.counts.get(step)
    ]
    people = [f"{alarm_words.position(key, city)}: {number(n)} langkah" for key, n in sorted(found.by_position.items())]
    least = "paling sedikit " if found.more else ""
    report = links.incident(turn.begins_at, turn.ends_at, city.zone)
    facts: list[parts.Fact] = [
        ("Alarm dan langkah", f"{least}{' · '.join(counts)}" if counts else "belum ada", "counts"),
        ("Menurut posisi", " · ".join(people) or "belum ada langkah orang", "people"),
        ("Laporan kejadian", html.A("Jaga ini sampai sekarang", href=report), "report"),
    ]
    return [parts.facts("shift_log", facts)]


def _steps(found: Done, city: City) -> list[Element]:
    if not found.told:
        return [
            html.Div(
                parts.nothing("○ Belum ada langkah orang dan belum ada alarm tinggi dalam jaga ini."),
                id="shift_log-steps",
            )
        ]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    table = html.Table([head, html.Tbody([_line(row, city) for row in found.told[:SHOWN]])], className="sheet")
    rest = len(found.told) - SHOWN
    words = f"dan {number(rest)} langkah sebelumnya, dalam laporan kejadian" if rest > 0 else ""
    return [html.Div(table, id="shift_log-steps"), parts.text("shift_log-rest", words, "sub")]


def _line(row: Row, city: City) -> html.Tr:
    rule = city.alarm_rules.get(row["rule"])
    what = f"{rule.title if rule else row['rule']}, {place_words(row, city)}"
    return html.Tr(
        [
            html.Td(clock(row["at"], city.zone)),
            html.Th(html.A(what, href=links.alarm(row["alarm_id"])), scope="row", className="wraps"),
            html.Td(alarm_words.step(row, city)),
            html.Td(alarm_words.position(row["actor"], city)),
            html.Td(alarm_words.note(row) or NOTHING, className="wraps"),
        ],
        id=f"shift_log-{row['id']}",
        **parts.marked(step=row["step"], actor=row["actor"]),
    )


PANEL = Panel(
    key="shift_log",
    title="Yang terjadi dalam jaga ini",
    streams=frozenset({"alarms", "components"}),
    questions=(Question("shift_steps", every=1.0), Question("alarm_engine", every=5.0, anyway=10.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    look="handover",
)
