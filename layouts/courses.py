"""The course of one reading on a desk page: the chart, what it rests on, and its values as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from layouts import charts, html, links, parts
from layouts.charts import Band, Bars, Chart, Line, Threshold, Tick
from layouts.findings.air import written
from layouts.findings.history import (
    DAY,
    HOUR,
    SPANS,
    Course,
    Point,
    Span,
    Usual,
    course_of,
    usual_by_hour,
)
from layouts.formats import clock, day, inside, number, percent, weekday
from layouts.html import Element
from layouts.panel import Context, Rows
from sensors.city import City
from sensors.kind import Kind
from sensors.kinds import KINDS

USUAL = "#2b3a52"
"""The middle half of the last four weeks, behind everything."""
EXTENT = "#1d4460"
"""From the least to the most of a step."""
EXTENT_WORDS = "garis rata-rata, bidang dari terendah sampai tertinggi"


def span_of(context: Context) -> Span:
    """The span that the address asks for."""
    return SPANS[context.options["range"]]


def span_links(panel: str, path: str, chosen: Span, spans: Mapping[str, Span] = SPANS, name: str = "range") -> html.Nav:
    """The choice of a span as links, so that it stands in the address, as `name`, and works by keyboard."""
    return html.Nav(
        [
            html.Span("Rentang", className="sub"),
            *(
                html.A(
                    span.words,
                    href=links.with_choices(path, **{name: span.key}),
                    className="choice chosen" if span is chosen else "choice",
                    **parts.aria(current="true" if span is chosen else None),
                )
                for span in spans.values()
            ),
        ],
        id=f"{panel}-spans",
        className="choices",
        **parts.aria(label="Rentang waktu"),
    )


def course_figure(
    panel: str, device: str, kind: Kind, rows: Rows, context: Context, thresholds: Sequence[Threshold] = ()
) -> html.Div:
    """A kind's chart with its caption and its table. `thresholds` that would flatten the curve are told in words."""
    city, span = context.city, span_of(context)
    course = course_of(rows.get("series_course", ()), kind, span, context.now)
    usual = usual_by_hour(rows, kind) if span.step <= HOUR else {}
    ident = f"{panel}-course-{kind.key}"
    chart = _chart(course, usual, thresholds, city)
    if not course.points:
        said = f"Tidak ada data {inside(kind.name)} dalam {span.words} terakhir."
        body: list[Element] = [html.P(said, className="nothing", id=f"{ident}-none")]
    else:
        body = [charts.figure(ident, chart, sentence(course, city)), _caption(ident, course, usual, chart)]
    return html.Div([*body, _table(ident, device, course, city)], id=f"{ident}-whole", className="course")


def all_courses(
    panel: str,
    device: str,
    kinds: Iterable[str],
    rows: Rows,
    context: Context,
    thresholds: Mapping[str, Sequence[Threshold]] = MappingProxyType({}),
) -> html.Div:
    """The courses of several kinds, side by side where there is room."""
    charts_ = [
        html.Div(
            [
                html.H3(written(kind), className="desk-h3"),
                course_figure(panel, device, KINDS[kind], rows, context, thresholds.get(kind, ())),
            ]
        )
        for kind in kinds
    ]
    return html.Div(charts_, className="courses", id=f"{panel}-all")


def sentence(course: Course, city: City) -> str:
    """What the chart shows, in words."""
    kind, zone, points = course.kind, city.zone, course.points
    if not points or course.lowest is None or course.highest is None:
        return f"{kind.name}, {course.span.words}: belum ada data"
    words = [f"terakhir {number(points[-1].value, kind.decimals)} {kind.unit} pada {when(points[-1].at, zone)}"]
    if course.adds_up:
        words.append(f"jumlah {number(sum(point.value for point in points), kind.decimals)} {kind.unit}")
    else:
        low, high = course.lowest, course.highest
        words.append(f"terendah {number(low.low, kind.decimals)} pada {when(low.at, zone)}")
        words.append(f"tertinggi {number(high.high, kind.decimals)} pada {when(high.at, zone)}")
    words.append(completeness(course))
    return f"{kind.name}, {course.span.words} terakhir: {', '.join(words)}"


def completeness(course: Course) -> str:
    """`92 % dari 288 data`."""
    return f"{percent(100 * course.share)} dari {number(course.expected)} data"


def when(at: datetime, zone: ZoneInfo) -> str:
    """A time within the last year: `21 Nov 14.05`."""
    return f"{day(at, zone)} {clock(at, zone)}"


def ticks_of(span: Span, since: datetime, until: datetime, zone: ZoneInfo) -> tuple[Tick, ...]:
    """The marks of time of a span, at whole local hours or midnights; none near the end, where `kini` stands."""
    step = span.tick
    at = since.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if step >= DAY:
        at += DAY
    found: list[Tick] = []
    while at < until - 0.17 * span.length:
        if at >= since + 0.02 * span.length:
            words = clock(at, zone) if step < DAY else day(at, zone)
            found.append(Tick(at, words, minor=len(found) % 2 == 1))
        at += step
    return tuple(found)


def now_words(span: Span, until: datetime, zone: ZoneInfo) -> str:
    """What stands at the right end of the time."""
    return f"kini {clock(until, zone)}" if span.tick < DAY else "kini"


def _chart(course: Course, usual: Mapping[int, Usual], thresholds: Sequence[Threshold], city: City) -> Chart:
    kind, span, zone = course.kind, course.span, city.zone
    moments = tuple((point.at, point.value) for point in course.points)
    bands = [Band(_usual_points(course, usual, zone), 3 * HOUR, USUAL)] if usual else []
    if span.step >= HOUR and not course.adds_up:
        extent = tuple((point.at, point.low, point.high) for point in course.points)
        bands.append(Band(extent, course.gap, EXTENT))
    words = number(moments[-1][1], kind.decimals) if moments else ""
    return Chart(
        since=course.since,
        until=course.until,
        ticks=ticks_of(span, course.since, course.until, zone),
        now=now_words(span, course.until, zone),
        least=20 * 10.0**-kind.decimals if course.adds_up else _least(course),
        zero=course.adds_up,
        lines=() if course.adds_up else (Line(moments, course.gap, words=words),),
        bars=(Bars(moments, max(span.step, kind.expected_interval)),) if course.adds_up else (),
        bands=tuple(bands),
        thresholds=tuple(thresholds),
    )


def _least(course: Course) -> float:
    """Small moves look small: a scale never spans less than a tenth of the value."""
    return max(abs(course.points[-1].value) / 10, 4 * 10.0**-course.kind.decimals) if course.points else 1.0


def _usual_points(
    course: Course, usual: Mapping[int, Usual], zone: ZoneInfo
) -> tuple[tuple[datetime, float, float], ...]:
    """An hour's usual stands in its middle."""
    at = course.since.replace(minute=30) - HOUR
    found = []
    while at <= course.until + HOUR:
        hour = usual.get(at.astimezone(zone).hour)
        if hour is not None and course.since <= at <= course.until:
            found.append((at, hour.low, hour.high))
        at += HOUR
    return tuple(found)


def _caption(ident: str, course: Course, usual: Mapping[int, Usual], chart: Chart) -> html.P:
    kind, span = course.kind, course.span
    each = f"{'jumlah' if course.adds_up else 'rerata'} tiap {_length(max(span.step, kind.expected_interval))}"
    said = [f"{kind.unit}, {each}" if kind.unit else each, completeness(course)]
    if span.step >= HOUR and not course.adds_up:
        said.append("bayang biru: terendah sampai tertinggi")
    if usual:
        said.append("pita abu-abu: lazim pada jam yang sama, separuh tengah 4 minggu")
    drawn = charts.within(chart, charts.scale_of(chart))
    beyond = [each.words for each in chart.thresholds if each not in drawn and each.value > 0]
    if beyond:
        said.append(f"di luar grafik: {', '.join(beyond)}")
    return html.P(" · ".join(said), id=f"{ident}-caption", className="sub caption")


def _length(step: timedelta) -> str:
    if step >= DAY:
        return "hari" if step == DAY else f"{step // DAY} hari"
    return f"{step // HOUR} jam" if step > HOUR else "jam" if step == HOUR else f"{step.seconds // 60} menit"


def _table(ident: str, device: str, course: Course, city: City) -> html.Details:
    kind, zone = course.kind, city.zone
    names = ("Mulai", "Jumlah", "Data") if course.adds_up else ("Mulai", "Rerata", "Terendah", "Tertinggi", "Data")
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in names]))
    lines = [_line(point, course, zone) for point in reversed(course.rested(zone))]
    caption = f"{kind.name}{f', {kind.unit}' if kind.unit else ''}, tiap {_length(course.span.rest)}"
    address = links.with_choices(
        "/api/v1/readings",
        **{"device": device, "kind": kind.key, "bucket": course.span.bucket, "from": course.since.isoformat(),
           "format": "csv", "limit": "1000"},
    )  # fmt: skip
    return html.Details(
        [
            html.Summary("Tabel nilai"),
            html.Table(
                [html.Caption(caption), head, html.Tbody(lines, id=f"{ident}-values")], className="sheet sheet-values"
            ),
            html.P(html.A("Unduh CSV", href=address, id=f"{ident}-csv")),
        ],
        id=f"{ident}-table",
    )


def _line(point: Point, course: Course, zone: ZoneInfo) -> html.Tr:
    decimals = course.kind.decimals
    at = weekday(point.at, zone) if course.span.rest >= DAY else when(point.at, zone)
    values = (point.value,) if course.adds_up else (point.value, point.low, point.high)
    return html.Tr(
        [html.Th(at, scope="row"), *(html.Td(number(value, decimals)) for value in values), html.Td(number(point.n))]
    )
