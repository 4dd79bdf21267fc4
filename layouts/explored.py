"""The explorer's answer: one figure, its course, its steps, the rows themselves, and the ways to take them along."""

from __future__ import annotations

from datetime import datetime, timedelta

from layouts import charts, html, parts, theme
from layouts.charts import Bars, Chart, Line, Tick
from layouts.explored_rows import rows, ways
from layouts.explored_told import Told, counted, date, unit, value, what
from layouts.findings.explored import LENGTHS, Answer, Step, change
from layouts.findings.explored_words import STEPS
from layouts.formats import clock, day, number, percent, plain, weekday
from layouts.html import Element

_TICKS = 7
_MOST_LINES = 400


def result(told: Told) -> html.Div:
    """The whole answer."""
    return html.Div([_figure(told), _course(told), _steps(told), ways(told), rows(told)], className="explorer-result")


def refusal(words: str) -> html.Div:
    """What is said where a question is not answered."""
    return html.Div(html.P(words, className="nothing", role="alert"), className="explorer-result")


def _figure(told: Told) -> Element:
    whole, asked = told.answer.whole, told.answer.asked
    said = [f"{number(whole.n)} {counted(told)}"] if asked.stream.measured else []
    if whole.share is not None:
        said.append(f"{percent(100 * whole.share)} dari yang diharapkan")
    beside = [html.Span(" · ".join(said), className="sub", id="explorer-rests", **parts.marked(n=str(whole.n)))]
    if told.other is not None:
        beside.append(html.Span(_compared(told, told.other), className="sub", id="explorer-compared"))
    figure = html.Span(
        value(told, whole.value), id="explorer-value", className="figure key", **parts.marked(value=plain(whole.value))
    )
    last = asked.until - timedelta(seconds=1)
    span = f"{date(asked.since, told.city)} – {date(last, told.city)}"
    title = html.H3([html.Span(what(told)), " · ", html.Span(span)], className="desk-h3")
    return html.Div([title, parts.lead(figure, unit(told), *beside)])


def _compared(told: Told, other: Answer) -> str:
    asked = other.asked
    place = asked.one("district")
    mine = told.answer.asked.one("district")
    name = told.city.districts[place].name if place and place != mine else ""
    when = f"{date(asked.since, told.city)} – {date(asked.until - timedelta(seconds=1), told.city)}"
    by = change(told.answer, other)
    less = "" if by is None else f": {percent(by, 1, sign=True)}"
    return f"dibanding {name or when}, {value(told, other.whole.value)}{less}"


def _course(told: Told) -> Element:
    answer, other = told.answer, told.other
    if not answer.steps:
        return html.P("Tidak ada data dengan saringan ini.", className="nothing", id="explorer-none")
    asked, length = answer.asked, LENGTHS[answer.asked.step or "day"]
    moments = _moments(answer, timedelta())
    counted = asked.adds_up or not asked.stream.measured
    lines = [] if counted else [Line(moments, 1.6 * length, words="")]
    if other is not None and other.steps:
        shift = asked.since - other.asked.since
        lines.insert(0, Line(_moments(other, shift), 1.6 * length, colour=theme.ORANGE, tone="tone-orange", words=""))
    chart = Chart(
        since=asked.since, until=asked.until, ticks=_ticks(told), now="", zero=counted, lines=tuple(lines),
        bars=(Bars(moments, length),) if counted else (), room=not counted,
    )  # fmt: skip
    return html.Div(
        [charts.figure("explorer-chart", chart, _alt(told)), html.P(_caption(told), className="sub caption")],
        className="course",
    )


def _moments(answer: Answer, shift: timedelta) -> tuple[tuple[datetime, float], ...]:
    return tuple((step.at + shift, step.value) for step in answer.steps if step.at and step.value is not None)


def _ticks(told: Told) -> tuple[Tick, ...]:
    asked, city = told.answer.asked, told.city
    days = max(1, (asked.until - asked.since).days)
    found: list[Tick] = []
    at = asked.since
    while at < asked.until:
        if at > asked.since:
            found.append(Tick(at, day(at, city.zone), minor=len(found) % 2 == 1))
        at += timedelta(days=max(1, round(days / _TICKS)))
    return tuple(found)


def _alt(told: Told) -> str:
    values = [step.value for step in told.answer.steps if step.value is not None]
    step = STEPS[told.answer.asked.step or "day"]
    if not values:
        return f"{what(told)} per {step}: belum ada data"
    low, high = value(told, min(values)), value(told, max(values))
    return f"{what(told)} per {step}: terendah {low}, tertinggi {high}"


def _caption(told: Told) -> str:
    asked = told.answer.asked
    step = STEPS[asked.step or "day"]
    how = "banyaknya" if not asked.stream.measured else "jumlah" if asked.adds_up else "rata-rata"
    beside = " · jingga: pembanding" if told.other is not None else ""
    return f"{how} tiap {step}{beside}"


def _steps(told: Told) -> Element:
    measured, city = told.answer.asked.stream.measured, told.city
    shared = told.answer.whole.share is not None
    heads = ["Mulai", "Jumlah" if told.answer.asked.adds_up else "Rata-rata", "Terendah", "Tertinggi", "Data"]
    heads = [*heads, "Kelengkapan"] if shared else heads if measured else ["Mulai", "Banyaknya"]
    shown = list(reversed(told.answer.steps))[:_MOST_LINES]

    def line(step: Step) -> html.Tr:
        cells = [value(told, step.value)]
        if measured:
            cells += [value(told, step.low), value(told, step.high), number(step.n)]
        if shared:
            cells.append("–" if step.share is None else percent(100 * step.share))
        at = step.at or told.answer.asked.since
        words = (
            weekday(at, city.zone)
            if told.answer.asked.step != "hour"
            else f"{day(at, city.zone)} {clock(at, city.zone)}"
        )
        return html.Tr(
            [html.Th(words, scope="row"), *(html.Td(cell) for cell in cells)], **parts.marked(value=plain(step.value))
        )

    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    return html.Details(
        [
            html.Summary("Tabel langkah"),
            html.Div(
                html.Table([head, html.Tbody([line(step) for step in shown])], className="sheet sheet-values"),
                className="wide-table",
                tabIndex="0",
                role="region",
                **parts.aria(label="Tabel langkah"),
            ),
        ],
        id="explorer-steps",
    )
