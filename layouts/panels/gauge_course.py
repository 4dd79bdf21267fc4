"""The history of one gauge against its own ladder, and beneath it the rain at the nearest rain gauges."""

from __future__ import annotations

from datetime import timedelta

from layouts import charts, courses, html, links, parts, theme
from layouts.charts import Bars, Chart, Threshold
from layouts.findings.history import Span
from layouts.findings.rain_near import NEAREST, Near, nearest
from layouts.findings.rivers import rank_of
from layouts.formats import number
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import Device
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
KIND = KINDS["water_level"]


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the span's links, the course, and the rain."""
    gauge, span = context.city.devices[context.options["gauge"]], courses.span_of(context)
    observed = parts.newest(row["observed_at"] for row in rows.get("series_course", ()) if row["kind"] == KIND.key)
    body: list[Element] = [
        courses.span_links(PANEL.key, links.device(gauge), span),
        courses.course_figure(PANEL.key, gauge.key, KIND, rows, context, _ladder(gauge)),
        html.H3(f"Hujan di {NEAREST} pos terdekat, mm tiap {_step_words(span)}"),
        *(_rain(near, span, context) for near in nearest(gauge, rows, context.city)),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None)


def _ladder(gauge: Device) -> list[Threshold]:
    steps = gauge.ladder.steps if gauge.ladder else ()
    return [
        Threshold(step.threshold, f"Siaga {step.level} {step.word.lower()}, {number(step.threshold)}", rank)
        for step in steps
        if (rank := rank_of(step.level))
    ]


def _rain(near: Near, span: Span, context: Context) -> html.Div:
    zone, until = context.city.zone, context.now.replace(second=0, microsecond=0)
    since = until - span.length
    points = tuple((at, mm) for at, mm in near.points if since <= at <= until)
    chart = Chart(
        since, until, courses.ticks_of(span, since, until, zone), courses.now_words(span, until, zone),
        least=2.0, zero=True, rules=2, bars=(Bars(points, RAIN_STEPS[span.key][0], theme.SKY),),
    )  # fmt: skip
    ident = f"{PANEL.key}-rain-{near.device.key}"
    total = sum(mm for _, mm in points)
    words = f"{near.device.name}, {number(near.km, 1)} km: {number(total, 1)} mm dalam {span.words}"
    said = words if points else f"{near.device.name}, {number(near.km, 1)} km: tidak ada data"
    drawn = [charts.figure(ident, chart, said, "chart-low")] if total else []  # a dry span needs no picture
    return html.Div(
        [html.P(html.A(said, href=links.device(near.device), id=f"{ident}-said"), className="sub"), *drawn],
        id=f"{ident}-whole",
    )


RAIN_STEPS = {
    "6h": (timedelta(minutes=15), "15 menit"),
    "24h": (timedelta(hours=1), "jam"),
    "7d": (timedelta(hours=6), "6 jam"),
    "30d": (timedelta(days=1), "hari"),
    "1y": (timedelta(days=7), "minggu"),
}
"""What one bar of `rain_course` stands for, by span."""


def _step_words(span: Span) -> str:
    return RAIN_STEPS[span.key][1]


PANEL = Panel(
    key="gauge_course",
    title="Riwayat muka air",
    streams=frozenset({"readings"}),
    questions=(
        Question("series_course", every=10.0),
        Question("series_usual", every=300.0),
        Question("rain_course", every=60.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    options=("gauge", "range"),
)
