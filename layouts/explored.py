"""The explorer's answer: one figure, its course, its steps, the rows themselves, and the ways to take them along."""

from __future__ import annotations

from layouts import charts, explored_steps, html, parts
from layouts.explored_rows import rows, ways
from layouts.explored_told import Told, compared, counted, days, unit, value, what
from layouts.findings.explored import Step
from layouts.formats import number, percent, plain
from layouts.html import Element

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
        beside.append(html.Span(compared(told, told.other), className="sub", id="explorer-compared"))
    figure = html.Span(
        value(told, whole.value), id="explorer-value", className="figure key", **parts.marked(value=plain(whole.value))
    )
    title = html.H3([html.Span(what(told)), " · ", html.Span(days(asked, told.city))], className="desk-h3")
    return html.Div([title, parts.lead(figure, unit(told), *beside)])


def _course(told: Told) -> Element:
    if not told.answer.steps:
        return html.P("Tidak ada data dengan saringan ini.", className="nothing", id="explorer-none")
    drawn = charts.figure("explorer-chart", explored_steps.chart(told), explored_steps.alt(told))
    return html.Div([drawn, html.P(explored_steps.caption(told), className="sub caption")], className="course")


def _steps(told: Told) -> Element:
    shown = list(reversed(told.answer.steps))[:_MOST_LINES]

    def line(step: Step) -> html.Tr:
        cells = [html.Td(cell) for cell in explored_steps.cells(told, step)]
        begins = html.Th(explored_steps.start(told, step), scope="row")
        return html.Tr([begins, *cells], **parts.marked(value=plain(step.value)))

    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in explored_steps.heads(told)]))
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
