"""Why one kelurahan is red: every measure beside the median of all, with the rule that judges it."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts, reasons
from layouts.findings.places import QUESTIONS, STREAMS, places_of
from layouts.panel import Context, Panel, Rows

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the level, its worst reason and the table of all measures."""
    found = places_of(rows, context.city, context.now)
    place = found.kelurahan[context.options["subdistrict"]]
    district = context.city.districts[context.city.subdistricts[place.code].district]
    readings = parts.newest(row["observed_at"] for row in rows.get("latest_readings", ()))
    newest = parts.leading([readings], [found.newest])
    body = [
        html.P(
            [
                reasons.badge("subdistrict_reason-level", place.standing),
                parts.text("subdistrict_reason-why", reasons.headline(place, found, context.city)),
                html.A(f"Kecamatan {district.name}", href=links.district(district.code), className="up"),
            ],
            className="lede",
        ),
        reasons.table("subdistrict_reason", place, found, context.city),
    ]
    return parts.frame(PANEL, body, newest, empty=newest is None, scrolls=True)


PANEL = Panel(
    key="subdistrict_reason",
    title="Mengapa tingkatnya begini",
    streams=STREAMS,
    questions=QUESTIONS,
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("subdistrict",),
)
