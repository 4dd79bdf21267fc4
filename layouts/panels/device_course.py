"""The history of everything one device measures, one chart a kind."""

from __future__ import annotations

from datetime import timedelta

from layouts import courses, html, links, parts
from layouts.panel import Context, Panel, Question, Rows
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the span's links, then kind by kind in the pack's order."""
    key = context.options["device"]
    place, told = context.city.devices.get(key), rows.get("series_course", ())
    kinds = dict.fromkeys([*(place.kinds if place else ()), *(row["kind"] for row in told)])
    observed = parts.newest(row["observed_at"] for row in told if row["kind"] in kinds)
    body = [
        courses.span_links(PANEL.key, links.unit(key), courses.span_of(context)),
        courses.all_courses(PANEL.key, key, (kind for kind in kinds if kind in KINDS), rows, context),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None)


PANEL = Panel(
    key="device_course",
    title="Riwayat",
    streams=frozenset({"readings"}),
    questions=(Question("series_course", every=10.0), Question("series_usual", every=300.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=2.0,
    options=("device", "range"),
)
