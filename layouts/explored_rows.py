"""The rows of an answer page by page, and the ways to take them along: files, interface, SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from layouts import html, links, parts
from layouts.explored_told import Told, address, asking, date, export, names_of, summary
from layouts.findings.explored_words import COLUMNS, FORMS, STEPS
from layouts.formats import number, rupiah
from layouts.html import Element
from layouts.panel import Row
from layouts.translate import AS_IT_IS
from sensors.city import City
from sensors.kinds import KINDS


def ways(told: Told) -> Element:
    """The files of the question, the interface that tells the same, and the SQL."""
    step = told.answer.asked.step or "day"
    rows = [_download(export(told, form), words) for form, words in FORMS.items()]
    steps = [_download(export(told, form, step), words) for form, words in FORMS.items() if form != "geojson"]
    record = address(told, f"{links.METADATA}/{told.answer.asked.stream.key}")
    paper = asking(told, links.report(links.QUESTION))
    return html.Section(
        [
            html.H3("Unduh", className="desk-h3"),
            html.P([html.Span("Setiap baris", className="sub"), *rows], className="explorer-files"),
            html.P([html.Span(f"Tiap {STEPS[step]}", className="sub"), *steps], className="explorer-files"),
            html.P(
                [
                    html.Span("Jawaban ini", className="sub"),
                    html.A("PDF", href=paper, className="choice", id="explorer-document"),
                ],
                className="explorer-files",
            ),
            html.Div(id="explorer-jobs", **parts.aria(live="polite")),
            html.P(
                [
                    html.A("Angka yang sama dari API", href=summary(told), id="explorer-api"),
                    " · ",
                    html.A("Metadata", href=record, id="explorer-record"),
                ]
            ),
            html.Details(
                [
                    html.Summary("SQL untuk angka yang sama"),
                    html.Pre(told.sql, id="explorer-sql", tabIndex="0", **AS_IT_IS),
                    html.P("Setiap baris:", className="sub"),
                    html.Pre(told.rows_sql, id="explorer-rows-sql", tabIndex="0", **AS_IT_IS),
                ]
            ),
        ],
        className="explorer-ways",
    )


def _download(path: str, words: str) -> html.A:
    return html.A(words, href=path, className="choice", download=True)


def rows(told: Told) -> Element:
    """One page of the rows, the newest first."""
    known = names_of(told.city)
    shown = [field.name for field in told.answer.asked.stream.fields if field.name in COLUMNS]
    columns = {name: known.get(name, {}) for name in shown}
    head = html.Thead(html.Tr([html.Th(COLUMNS[name], scope="col") for name in columns]))
    body = [
        html.Tr([html.Td(cell, **(AS_IT_IS if raw else {})) for cell, raw in _cells(row, columns, told.city)])
        for row in told.rows
    ]
    first = links.explorer(**{name: value for name, value in told.question.items() if name != "after"})
    return html.Section(
        [
            html.H3("Baris, yang terbaru dulu", className="desk-h3"),
            html.Div(
                html.Table([head, html.Tbody(body, id="explorer-rows")], className="sheet"),
                className="wide-table",
                tabIndex="0",
                role="region",
                **parts.aria(label="Baris"),
            )
            if body
            else html.P("Tidak ada baris.", className="nothing"),
            html.Nav(
                [
                    *([html.A("Ke awal", href=first, className="choice")] if "after" in told.question else []),
                    *(
                        [html.A("Berikutnya", href=told.following, className="choice", id="explorer-next")]
                        if told.following
                        else []
                    ),
                ],
                className="choices",
                **parts.aria(label="Halaman baris"),
            ),
        ]
    )


def _cells(row: Row, columns: Mapping[str, Mapping[str, str]], city: City) -> Iterator[tuple[str, bool]]:
    """Each cell's words, and whether they are data that no language changes."""
    kind = KINDS.get(str(row.get("kind")))
    for name, names in columns.items():
        value = row[name]
        if value is None:
            yield "–", False
        elif isinstance(value, datetime):
            yield f"{date(value, city)} {value.astimezone(city.zone):%H.%M.%S}", False
        elif name == "price":
            yield rupiah(value), False
        elif name in ("value", "worst", "bound"):
            yield number(value, kind.decimals if kind else 2), False
        else:
            known = names.get(value)
            yield known or str(value), known is None
