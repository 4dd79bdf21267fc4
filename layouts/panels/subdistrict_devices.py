"""The devices of one kelurahan with what they say now."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts, place_devices
from layouts.panel import Context, Panel, Rows

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a device."""
    code = context.options["subdistrict"]
    here = [device for device in context.city.devices.values() if device.subdistrict == code]
    keys = {device.key for device in here}
    newest = parts.newest(row["observed_at"] for row in rows.get("latest_readings", ()) if row["device"] in keys)
    body = (
        place_devices.table(PANEL.key, here, rows, context) if here else parts.nothing("Tidak ada perangkat di sini.")
    )
    return parts.frame(PANEL, body, newest, empty=newest is None, scrolls=True)


PANEL = Panel(
    key="subdistrict_devices",
    title="Perangkat di kelurahan ini",
    streams=frozenset({"readings"}),
    questions=place_devices.QUESTIONS,
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("subdistrict",),
)
