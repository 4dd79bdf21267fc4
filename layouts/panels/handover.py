"""The notes by which shifts are handed over: one is written by who goes, accepted by who comes, and stays as it was."""

from __future__ import annotations

from datetime import datetime, timedelta

from layouts import alarm_forms, alarm_words, case_words, handover_forms, html, links, parts
from layouts.findings.alarm_list import heard
from layouts.findings.shift import turn_of, untaken_of
from layouts.formats import clock, moment, number
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City
from sensors.handover import OWN, objection
from sensors.shifts import Turn, turn_at

LATE, STALE = timedelta(seconds=45), timedelta(minutes=3)
KEY = "handover"


def render(rows: Rows, context: Context) -> html.Section:
    """Draw whose turn it is, the form, and the notes, the newest on top."""
    city, turn, observed = context.city, turn_of(context), heard(rows)
    found = rows.get("handovers", ())
    notes: list[Element] = [_note(row, context) for row in found]
    body: list[Element] = [
        html.P(_turn(turn, city), id=f"{KEY}-turn", className="lede"),
        # Once to whoever hands over, beside the button, and once to whoever looks on.
        _untaken("seen", rows, observed, alarm_forms.WITHOUT_DUTY),
        alarm_forms.question(KEY, city, links.HANDOVER),
        handover_forms.write(KEY, _untaken("told", rows, observed)),
        html.Div(notes or [parts.nothing("Belum ada jaga yang diserahkan.")], id=f"{KEY}-notes", className="handovers"),
    ]
    waiting = sum(row["accepted_at"] is None for row in found)
    note = f"{number(waiting)} catatan belum diterima" if waiting else ""
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _turn(turn: Turn, city: City) -> list[Element | str]:
    hours = (
        f"Jaga {turn.shift.name}, {clock(turn.begins_at, city.zone)}–{clock(turn.ends_at, city.zone)} {city.zone_word}"
    )
    sample = [html.Span("jam jaga contoh", className="sub", title=turn.shift.source or None)]
    return [html.Strong(hours), *(sample if turn.shift.sample else [])]


def _untaken(end: str, rows: Rows, observed: datetime | None, classes: str = "") -> html.P:
    """How many alarms nobody has taken: whoever comes next has them from then on."""
    ident, n = f"{KEY}-untaken-{end}", untaken_of(rows)
    if not n:
        words = "○ Tidak ada alarm yang belum diterima." if observed else "Menunggu kabar pertama dari penilai alarm."
        return html.P(words, id=ident, className=f"nothing {classes}".strip())
    return html.P(
        [
            html.Span(f"◆ {number(n)} alarm belum diterima siapa pun", className="status rank-1"),
            html.A("Lihat daftarnya", href=links.alarms(life="baru")),
        ],
        id=ident,
        className=f"handover-untaken {classes}".strip(),
    )


def _note(row: Row, context: Context) -> html.Article:
    city, giver, accepted = context.city, row["written_by"], row["accepted_at"] is not None
    own = objection(row, giver, context.now) == OWN
    name = next((each.name for each in city.shifts if each.key == row["shift"]), row["shift"])
    who = alarm_words.position(giver, city)
    head = f"Jaga {name}, {moment(row['shift_began_at'], city.zone, city.zone_word)} · diserahkan {who}"
    report = links.incident(row["shift_began_at"], row["written_at"], city.zone)
    return html.Article(
        [
            html.P([html.Strong(head), ", ", case_words.at(row["written_at"], city)], className="sub"),
            html.P(row["note"], className="handover-words", translate="no"),
            html.P(
                [
                    html.Span(
                        _state(row, own=own, city=city),
                        id=f"{KEY}-state-{row['id']}",
                        className=f"status rank-{0 if accepted else 1}",
                    ),
                    html.A("Laporan kejadian jaga itu", href=report),
                ],
                className="handover-foot",
            ),
            *([] if accepted else [handover_forms.accept(KEY, row["id"], giver if own else "")]),
        ],
        id=f"{KEY}-{row['id']}",
        className="handover-note",
        **parts.marked(handover=str(row["id"]), status="accepted" if accepted else "written"),
    )


def _state(row: Row, *, own: bool, city: City) -> str:
    """Who accepted a note, or who may while its own writer may not: another one, or whoever comes next to any seat."""
    if row["accepted_at"] is not None:
        return f"✓ diterima {alarm_words.position(row['accepted_by'], city)}, {case_words.at(row['accepted_at'], city)}"
    if not own:
        return "◆ belum diterima"
    coming = turn_at(city.shifts, city.zone, row["shift_ends_at"])
    begins = clock(coming.begins_at, city.zone)
    return f"◆ menunggu diterima posisi lain, atau jaga {coming.shift.name} mulai {begins}"


PANEL = Panel(
    key=KEY,
    title="Serah terima jaga",
    streams=frozenset({"alarms", "components"}),
    questions=(
        Question("handovers"),
        Question("alarms_now", anyway=10.0),
        Question("alarm_engine", every=5.0, anyway=10.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    look="handover",
)
