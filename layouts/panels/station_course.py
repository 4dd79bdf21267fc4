"""The history of everything a station measures, pollutants against the classes of the index, noise against its zone."""

from __future__ import annotations

from datetime import timedelta

from layouts import courses, html, links, parts
from layouts.charts import Threshold
from layouts.findings.air import SEDANG
from layouts.formats import number
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City, Device

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the span's links, then kind by kind in the pack's order."""
    place = context.city.devices[context.options["station"]]
    told = [row for row in rows.get("series_course", ()) if row["kind"] in place.kinds]
    observed = parts.newest(row["observed_at"] for row in told)
    thresholds = {kind: _thresholds(place, kind, context.city) for kind in place.kinds}
    body = [
        courses.span_links(PANEL.key, links.device(place), courses.span_of(context)),
        courses.all_courses(PANEL.key, place.key, place.kinds, rows, context, thresholds),
    ]
    note = (
        "garis putus: kelas ISPU, untuk rerata 24 jam"
        if "noise" not in place.kinds
        else "garis putus: baku siang-malam"
    )
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _thresholds(place: Device, kind: str, city: City) -> list[Threshold]:
    """The mean at which each worse class begins; the level wanted in the zone of a sound level meter."""
    zone = city.noise_zones.get(place.key)
    if kind == "noise":
        limit = city.noise_limits[zone.zone].limit if zone else None
        return [] if limit is None else [Threshold(limit, f"baku {number(limit)}", 1)]
    points = {row.index: row.concentration for row in city.ispu if row.pollutant == kind}
    begun = [(step, each, points.get(each.low - 1)) for step, each in enumerate(city.ispu_categories) if each.low]
    return [
        Threshold(value, f"{each.word}, di atas {number(value, 1)}", max(step - SEDANG, 0))
        for step, each, value in begun
        if value is not None
    ]


PANEL = Panel(
    key="station_course",
    title="Riwayat udara",
    streams=frozenset({"readings"}),
    questions=(Question("series_course", every=10.0), Question("series_usual", every=300.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=2.0,
    options=("station", "range"),
)
