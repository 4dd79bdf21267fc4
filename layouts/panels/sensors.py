"""Every placed device's newest readings as a table: the map's twin for readers and tools that do not see it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from layouts import html, parts
from layouts.findings.series import latest_of
from layouts.formats import number, plain, rfc3339
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one line a device and kind, in the pack's order; it stands on the page but not in the picture."""
    latest = latest_of(rows.get("latest_readings", ()))
    observed = parts.newest(row["observed_at"] for row in latest.values())
    lines = [
        _line(device.key, device.name, kind, **_told(latest.get((device.key, kind))))
        for device in context.city.devices.values()
        for kind in device.kinds
        if kind in KINDS
    ]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in ("Perangkat", "Nilai", "Waktu")]))
    table = html.Table([html.Caption("Semua sensor"), head, html.Tbody(lines)])
    return parts.frame(PANEL, table, observed, empty=observed is None)


def _told(row: Row | None) -> dict[str, Any]:
    return {name: None if row is None else row[name] for name in ("value", "observed_at")}


@lru_cache(maxsize=8192)  # the table is drawn eight times a second, of its lines few have changed
def _line(device: str, name: str, kind: str, *, value: float | None, observed_at: datetime | None) -> html.Tr:
    found = KINDS[kind]
    marks = parts.marked(reading=f"{device}/{kind}", value=plain(value))
    return html.Tr(
        [
            html.Th(f"{name}, {found.name}", scope="row"),
            html.Td(f"{number(value, found.decimals)} {found.unit}", id=f"sensors-reading-{device}-{kind}", **marks),
            html.Td(rfc3339(observed_at), id=f"sensors-at-{device}-{kind}"),
        ]
    )


PANEL = Panel(
    key="sensors",
    title="Semua sensor",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.12,
)
