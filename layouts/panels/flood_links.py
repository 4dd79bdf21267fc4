"""Floods: by kecamatan, the open complaints and calls for help beside the worst gauge there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from layouts import html, parts
from layouts.findings.floods import FloodFinding, Floods, floods_of
from layouts.formats import number
from layouts.panel import Context, Fit, Panel, Question, Rows

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_HEADS = ("Kecamatan", "Aduan", "112", "Pos duga terparah", "")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a kecamatan, the worst first."""
    found = floods_of(rows, context.city)
    gauges = (each.gauge.row for each in found.districts if each.gauge and each.gauge.row)
    observed = parts.leading((row["observed_at"] for row in gauges), _told(rows))
    body = [
        html.Div([html.Span(words) for words in _HEADS], className="flood-row flood-heads"),
        *(_row(each) for each in found.districts),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=_note(found))


def _told(rows: Rows) -> list[Any]:
    return [row["status_at"] for row in rows.get("flood_cases", ())]


def _note(found: Floods) -> str:
    elsewhere = f", {number(found.elsewhere)} tanpa kecamatan" if found.elsewhere else ""
    return f"terbuka: {number(found.complaints)} aduan, {number(found.calls)} panggilan 112{elsewhere}"


def _row(each: FloodFinding) -> html.Div:
    unsaid = "belum ada data" if each.watched else "tanpa pos duga"
    code, gauge = each.district.code.replace(".", "-"), each.gauge
    return html.Div(
        [
            html.Span(each.district.name, className="name"),
            parts.text(f"floods-complaints-{code}", number(each.complaints), _figure(each.complaints)),
            parts.text(f"floods-calls-{code}", number(each.calls), _figure(each.calls)),
            parts.text(f"floods-gauge-{code}", gauge.gauge.name if gauge else unsaid, "sub"),
            parts.badge(f"floods-badge-{code}", each.rank, gauge.words)
            if gauge
            else parts.text(f"floods-badge-{code}", "", "badge rank-0"),
        ],
        id=f"floods-row-{code}",
        className="row flood-row",
    )


def _figure(n: int) -> str:
    return "figure" if n else "figure none"


PANEL = Panel(
    key="flood_links",
    title="Banjir per kecamatan",
    streams=frozenset({"readings", "cases"}),
    questions=(Question("latest_readings"), Question("flood_cases", every=2.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    fit=Fit(width=37, height=16, rows=(".row",)),
)
