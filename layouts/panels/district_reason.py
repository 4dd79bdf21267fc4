"""Why one kecamatan stands out: every measure beside the median of all, with the rule that judges it."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts, reasons
from layouts.findings.places import QUESTIONS, STREAMS, places_of
from layouts.panel import Context, Panel, Rows

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the level, its worst reason and the table of all measures."""
    found = places_of(rows, context.city, context.now)
    place = found.kecamatan[context.options["district"]]
    readings = parts.newest(row["observed_at"] for row in rows.get("latest_readings", ()))
    newest = parts.leading([readings], [found.newest])
    body = [
        html.P(
            [
                reasons.badge("district_reason-level", place.standing),
                parts.text("district_reason-why", reasons.headline(place, found, context.city)),
                html.A("Semua kecamatan", href=links.districts(), className="up"),
            ],
            className="lede",
        ),
        reasons.table("district_reason", place, found, context.city),
    ]
    return parts.frame(PANEL, body, newest, empty=newest is None, scrolls=True)


PANEL = Panel(
    key="district_reason",
    title="Mengapa tingkatnya begini",
    streams=STREAMS,
    questions=QUESTIONS,
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("district",),
)
