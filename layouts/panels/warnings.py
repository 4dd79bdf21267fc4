"""The line of official warnings: calm while none is in force, else the gravest one, where, until when and whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from layouts import html, parts
from layouts.findings.bulletins import concerns_warnings, heard_of_warnings, rank_of, source, span, where
from layouts.formats import moment, number, short
from layouts.panel import Context, Fit, Panel, Question, Row, Rows

LATE, STALE = timedelta(days=7), timedelta(days=30)
"""Warnings come when there is something to warn of: a quiet week is none for worry."""
_TITLE, _AREAS = 76, 3


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the gravest warning in force, and count the others. Notices of level info are no warnings.

    News, e-paper and police notices stand elsewhere: here they are neither counted nor a sign that warnings arrive.
    """
    city = context.city
    current = [row for row in rows.get("bulletins_now", ()) if concerns_warnings(row, city)]
    warned = [row for row in current if rank_of(row)]
    heard = [*heard_of_warnings(rows, city), *current]
    observed = parts.newest(row["issued_at"] for row in heard)
    body = _line(warned[0], context) if warned else _calm(heard, len(current), context)
    return parts.frame(PANEL, body, observed, empty=observed is None, note=_others(warned[1:]))


def _line(row: Row, context: Context) -> list[html.Span]:
    return [
        parts.badge("warnings-level", rank_of(row), row["severity"].capitalize()),
        html.Span(
            short(row["title"], _TITLE),
            id="warnings-title",
            className="name",
            **parts.marked(bulletin=f"{row['channel']}/{row['id']}", severity=row["severity"]),
        ),
        parts.text("warnings-where", where(row, context.city, _AREAS), "where"),
        parts.text("warnings-until", span(row, context.city), "until"),
        parts.text("warnings-source", source(row, context.city), "sub"),
    ]


def _calm(heard: Sequence[Row], notices: int, context: Context) -> list[html.Span]:
    words = "Tidak ada peringatan berlaku" if heard else "Belum ada peringatan yang diterima"
    known = f"{number(notices)} pemberitahuan berlaku" if notices else ""
    latest = parts.newest(row["issued_at"] for row in heard)  # the time the age beside it counts from
    city = context.city
    last = f"kabar terakhir {moment(latest, city.zone, city.zone_word)}" if latest else ""
    return [
        parts.badge("warnings-level", 0, "Tenang" if heard else "Belum tahu"),
        html.Span(words, id="warnings-title", className="name", **parts.marked(bulletin=None, severity=None)),
        parts.text("warnings-where", known, "where"),
        parts.text("warnings-until", last, "until"),
        parts.text("warnings-source", source(heard[0], city) if heard else "", "sub"),
    ]


def _others(rest: Sequence[Row]) -> str:
    """`+2 Siaga +1 Waspada`: the others in force by their level, the gravest first."""
    return " ".join(f"+{number(n)} {level.capitalize()}" for level, n in Counter(r["severity"] for r in rest).items())


PANEL = Panel(
    key="warnings",
    title="Peringatan",
    streams=frozenset({"bulletins"}),
    questions=(Question("bulletins_now", every=1.0), Question("bulletin_last", every=1.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    fit=Fit(width=66, height=2.1, tall=4.5, grows=False, spare=(".sub", ".until")),
    warns=True,
)
