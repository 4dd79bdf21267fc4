"""What is wrong now, over all subjects, the gravest first: what, where, whose, since when, and is it in hand."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts, theme
from layouts.findings.matters import QUESTIONS, STREAMS, Matter, matters
from layouts.formats import number
from layouts.panel import Context, Panel, Question, Rows

LATE, STALE = timedelta(minutes=10), timedelta(hours=1)
MOST = 14
"""As many as one looks at; the rest is counted."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one line a matter."""
    observed = parts.leading(
        (row["observed_at"] for row in rows.get("latest_readings", ())),
        (row["status_at"] for row in rows.get("service_open", ())),
    )
    found = matters(rows, context.city, context.now) if observed is not None else ()
    rest = len(found) - MOST
    grave = sum(each.rank > 1 for each in found)
    body: list[html.Div | html.P] = [_line(slot, each) for slot, each in enumerate(found[:MOST])]
    if not found:
        words = "○ Tidak ada yang perlu perhatian sekarang." if observed else "Menunggu data pertama."
        body = [parts.nothing(words)]
    if rest > 0:
        body.append(html.Div(f"dan {number(rest)} hal lain yang lebih ringan", className="rest"))
    note = f"{number(len(found))} hal, {number(grave)} di antaranya berat" if found else ""
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _line(slot: int, each: Matter) -> html.Div:
    ident = f"attention-{slot}"
    where = " · ".join(word for word in (each.where, each.whose) if word)
    return html.Div(
        [
            html.Span(theme.level(each.rank).sign, id=f"{ident}-sign", className=f"status rank-{each.rank}"),
            html.A(each.what, id=f"{ident}-what", href=each.href, className="name"),
            parts.text(f"{ident}-where", where, "sub"),
            parts.text(f"{ident}-hand", each.hand, "sub"),
            parts.ago(f"{ident}-since", each.since),
        ],
        className="matter",
        id=ident,
        **parts.marked(matter=each.key, rank=str(each.rank)),
    )


PANEL = Panel(
    key="attention",
    title="Perlu perhatian sekarang",
    streams=STREAMS,
    questions=tuple(Question(name, every) for name, every in QUESTIONS.items()),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    look="mayor",
)
