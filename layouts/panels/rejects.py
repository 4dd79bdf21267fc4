"""What could not be understood: by reason and stream, how often, when last, and what the newest of it said.

Each reason leads to its messages.
"""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.streams import NAMES, REASONS
from layouts.formats import number, short
from layouts.html import Element
from layouts.panel import Context, Fit, Panel, Question, Row, Rows

LATE, STALE = timedelta(days=36_500), timedelta(days=36_501)
"""Silence is good here: what was refused once does not grow stale."""
SHOWN = 7
_HEADS = ("Alasan", "Aliran", "24 jam", "Semua", "Terakhir", "Contoh")
_TOPIC, _DETAIL = 44, 90


def render(rows: Rows, context: Context) -> html.Section:  # noqa: ARG001 - every panel is drawn alike
    """Draw one row a reason, the newest first; nothing refused is good news."""
    found = rows.get("rejected_reasons", ())
    feeds = rows.get("feeds", ())
    observed = parts.newest([*(row["received_at"] for row in found), *(row["last_received_at"] for row in feeds)])
    today = sum(row["times_24h"] for row in found)
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    body: list[Element] = [parts.nothing("○ Tidak ada pesan yang ditolak." if feeds else "Menunggu pesan pertama.")]
    if found:
        lines = [_line(slot, row) for slot, row in enumerate(found[:SHOWN])]
        body = [html.Table([head, html.Tbody(lines)], className="sheet"), *_rest(len(found) - SHOWN)]
    note = f"{number(today)} dalam 24 jam · pesan asli tersimpan utuh" if found else ""
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note, scrolls=True)


def _rest(more: int) -> list[html.P]:
    return [html.P(f"{number(more)} alasan lain", className="rest")] if more > 0 else []


def _line(slot: int, row: Row) -> html.Tr:
    return html.Tr(
        [
            html.Th(
                parts.link(
                    f"rejects-reason-{slot}",
                    REASONS.get(row["reason"], short(row["reason"], 40)),
                    links.refused(row["reason"]),
                ),
                scope="row",
            ),
            html.Td(parts.text(f"rejects-stream-{slot}", NAMES.get(row["stream"], short(row["stream"], 24)))),
            html.Td(parts.badge(f"rejects-today-{slot}", min(row["times_24h"], 1), number(row["times_24h"]))),
            html.Td(parts.text(f"rejects-all-{slot}", number(row["times"]))),
            html.Td(parts.ago(f"rejects-at-{slot}", row["received_at"])),
            html.Td(
                [
                    parts.text(f"rejects-topic-{slot}", short(row["topic"], _TOPIC)),
                    parts.text(f"rejects-detail-{slot}", short(row["detail"], _DETAIL), "sub under"),
                ]
            ),
        ]
    )


PANEL = Panel(
    key="rejects",
    title="Pesan yang ditolak",
    streams=frozenset({"rejected", "readings", "prices", "cases", "bulletins", "devices"}),
    questions=(Question("rejected_reasons", every=2.0), Question("feeds")),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="data",
    every=1.0,
    fit=Fit(width=52, height=9.5, rows=("tbody tr",)),
)
