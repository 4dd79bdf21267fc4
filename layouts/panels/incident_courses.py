"""How rivers, rain and complaints went over the span of an incident: the worst, each with its own ladder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from layouts import charts, courses, html, links, parts, theme
from layouts.charts import Band, Bars, Chart, Line, Threshold, Tick
from layouts.findings.history import HOUR
from layouts.findings.incident import OPTIONS, Incident, Measured, heard_of, incident_of, measured, steps_of
from layouts.findings.incident_figures import hours_of
from layouts.findings.rivers import rank_of
from layouts.formats import clock, number
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows
from sensors.judge.siaga import judge_siaga
from sensors.kinds import KINDS

LATE, STALE = timedelta(days=36_500), timedelta(days=36_501)
KEY = "incident_courses"
GAUGES, RAIN = 6, 4
"""As many of each as a page holds side by side: those that were worst."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the gauges that stood worst, the rain that fell most, and the cases of each hour."""
    observed = heard_of(rows)
    levels, rain = measured(rows, KINDS["water_level"], context), measured(rows, KINDS["rain"], context)
    drawn = [*_levels(levels, context), *_rain(rain, context), _cases(hours_of(rows, context), context)]
    note = f"pos yang paling parah, hujan yang paling lebat, kasus tiap jam · {courses.EXTENT_WORDS}"
    body = html.Div(drawn, className="courses", id=f"{KEY}-all")
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _levels(found: Sequence[Measured], context: Context) -> list[Element]:
    heard = sorted((each for each in found if each.high is not None), key=_worst)[:GAUGES]
    return [_level(each, context) for each in heard]


def _worst(each: Measured) -> tuple[int, float]:
    """The worst siaga first, among equals the one that moved most."""
    ladder, points = each.device.ladder, [point.value for point in each.course.points]
    rank = rank_of(judge_siaga(each.high or 0.0, ladder).level) if ladder else 0
    return -rank, -(max(points, default=0.0) - min(points, default=0.0))


def _level(each: Measured, context: Context) -> html.Div:
    found, city, device = incident_of(context), context.city, each.device
    points = tuple((point.at, point.value) for point in each.course.points)
    steps = device.ladder.steps if device.ladder else ()
    ladder = tuple(
        Threshold(step.threshold, f"Siaga {step.level} {step.word.lower()}, {number(step.threshold)}", rank)
        for step in steps
        if (rank := rank_of(step.level))
    )
    extent = tuple((point.at, point.low, point.high) for point in each.course.points)  # a line of means hides a peak
    chart = Chart(
        found.since, found.until, _ticks(found, context), clock(found.until, city.zone),
        least=max((each.high or 0.0) / 10, 4.0), lines=(Line(points, each.course.gap),), thresholds=ladder,
        bands=(Band(extent, each.course.gap, courses.EXTENT),),
    )  # fmt: skip
    at = courses.when(each.high_at, city.zone) if each.high_at else ""
    said = f"{device.name}: tertinggi {number(each.high)} cm pada {at}, {courses.completeness(each.course)}"
    beyond = [each.words for each in ladder if each not in charts.within(chart, charts.scale_of(chart))]
    return _drawn(f"{KEY}-{device.key}", links.device(device), said, chart, beyond)


def _rain(found: Sequence[Measured], context: Context) -> list[Element]:
    wet = sorted((each for each in found if each.total > 0), key=lambda each: -each.total)[:RAIN]
    return [_fallen(each, context) for each in wet]


def _fallen(each: Measured, context: Context) -> html.Div:
    found, device = incident_of(context), each.device
    points = tuple((point.at, point.value) for point in each.course.points)
    step = each.course.span.step
    chart = Chart(
        found.since, found.until, _ticks(found, context), clock(found.until, context.city.zone), least=2.0, zero=True,
        rules=2, bars=(Bars(points, step, theme.SKY),),
    )  # fmt: skip
    said = f"Hujan di {device.name}: {number(each.total, 1)} mm, {courses.completeness(each.course)}"
    return _drawn(f"{KEY}-rain-{device.key}", links.device(device), said, chart)


def _cases(hours: Mapping[datetime, int], context: Context) -> html.Div:
    found = incident_of(context)
    points = tuple((max(at, found.since), float(n)) for at, n in sorted(hours.items()))
    chart = Chart(
        found.since, found.until, _ticks(found, context), clock(found.until, context.city.zone), least=4.0, zero=True,
        rules=2, bars=(Bars(points, HOUR, theme.ORANGE),),
    )  # fmt: skip
    most = max(points, key=lambda each: each[1], default=None)
    total = f"Kasus masuk tiap jam, semua layanan: {number(sum(hours.values()))}"
    peak = f", terbanyak {number(most[1])} mulai {courses.when(most[0], context.city.zone)}" if most else ""
    begins, ends = (f"{at.astimezone(context.city.zone):%Y-%m-%dT%H:%M}" for at in (found.since, found.until))
    href = links.cases(district=found.district, from_=begins, to=ends)
    return _drawn(f"{KEY}-cases", href, f"{total}{peak}", chart)


def _ticks(found: Incident, context: Context) -> tuple[Tick, ...]:
    return courses.ticks_of(steps_of(found, context), found.since, found.until, context.city.zone)


def _drawn(ident: str, href: str, said: str, chart: Chart, beyond: Sequence[str] = ()) -> html.Div:
    """A chart under its sentence; `beyond` are thresholds that would have flattened it."""
    caption = [html.P(f"di luar grafik: {', '.join(beyond)}", className="sub caption")] if beyond else []
    return html.Div(
        [
            html.P(html.A(said, href=href), className="sub", id=f"{ident}-said"),
            charts.figure(ident, chart, said, "chart-mid"),
            *caption,
        ],
        id=f"{ident}-whole",
        className="incident-course",
    )


PANEL = Panel(
    key=KEY,
    title="Jalannya",
    streams=frozenset({"readings", "cases"}),
    questions=(
        Question("incident_courses", every=15.0),
        Question("incident_cases", every=10.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=5.0,
    options=OPTIONS,
)
