"""All streams: how much each brought, what of it was new, twice or refused, when it was last heard and how late."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts
from layouts.findings.streams import StreamFinding, streams_of
from layouts.formats import NOTHING, duration, number
from layouts.panel import Context, Fit, Panel, Question, Rows

LATE, STALE = timedelta(minutes=5), timedelta(minutes=30)
_SHORT = 90.0
_COUNTS = ("messages", "stored", "duplicates", "skipped", "rejected")
_HEADS = ("Aliran", "Pesan", "Tersimpan", "Ganda", "Dilewati", "Ditolak", "Terakhir", "Jeda dari sumber")


def render(rows: Rows, context: Context) -> html.Section:  # noqa: ARG001 - every panel is drawn alike
    """Draw one row a stream, also those that brought nothing yet."""
    found = streams_of(rows)
    observed = parts.newest(each.received_at for each in found)
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    table = html.Table([head, html.Tbody([_line(each) for each in found], id="streams-rows")], className="sheet")
    note = "sejak ruang ini mulai, semua pekerja bersama"
    return parts.frame(PANEL, table, observed, empty=observed is None, note=note, scrolls=True)


def _line(each: StreamFinding) -> html.Tr:
    counts = [
        html.Td(parts.text(f"streams-{name}-{each.key}", number(each.count(name))), className="figures")
        for name in _COUNTS[:-1]
    ]
    refused = each.count("rejected")
    ident = f"streams-rejected-{each.key}"
    last = parts.badge(ident, 1, number(refused)) if refused else parts.text(ident, "0")
    return html.Tr(
        [
            html.Th(each.name, scope="row"),
            *counts,
            html.Td(last, className="figures"),
            html.Td(parts.ago(f"streams-at-{each.key}", each.received_at)),
            html.Td(parts.text(f"streams-lag-{each.key}", _lag(each.lag)), className="figures"),
        ]
    )


def _lag(seconds: float | None) -> str:
    if seconds is None:
        return NOTHING
    return f"{number(seconds, 1)} detik" if seconds < _SHORT else duration(seconds)


PANEL = Panel(
    key="streams",
    title="Hitungan tiap aliran",
    streams=frozenset({"readings", "prices", "cases", "bulletins", "devices", "rejected"}),
    questions=(Question("feeds"),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="data",
    every=0.5,
    fit=Fit(width=60, height=11, rows=("tbody tr",)),
)
