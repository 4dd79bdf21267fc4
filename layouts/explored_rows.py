"""The rows of an answer page by page, and the ways to take them along: files, interface, SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from layouts import html, links, parts
from layouts.explored_told import Told, date
from layouts.findings.alarms import PRIORITY_WORDS
from layouts.findings.explored_words import COLUMNS, FORMS, STEPS
from layouts.formats import number, rupiah
from layouts.html import Element
from layouts.panel import Row
from layouts.translate import AS_IT_IS
from sensors.city import City
from sensors.kinds import KINDS


def ways(told: Told) -> Element:
    """The files of the question, the interface that tells the same, and the SQL."""
    asked = told.answer.asked
    said = {name: value for name, value in told.question.items() if name in ("from", "to", *asked.stream.filters)}
    path = f"{links.EXPORT}/{asked.stream.key}"
    rows = [_download(f"{path}.{form}", words, said) for form, words in FORMS.items()]
    steps = [
        _download(f"{path}.{form}", words, said | {"step": asked.step or "day"})
        for form, words in FORMS.items()
        if form != "geojson"
    ]
    api = links.with_choices(f"/api/v1/summary/{asked.stream.key}", **said, step=asked.step or "day")
    record = links.with_choices(f"/api/v1/metadata/{asked.stream.key}", **said)
    return html.Section(
        [
            html.H3("Unduh", className="desk-h3"),
            html.P([html.Span("Setiap baris", className="sub"), *rows], className="explorer-files"),
            html.P(
                [html.Span(f"Tiap {STEPS[asked.step or 'day']}", className="sub"), *steps], className="explorer-files"
            ),
            html.Div(id="explorer-jobs", **parts.aria(live="polite")),
            html.P(
                [
                    html.A("Angka yang sama dari API", href=api, id="explorer-api"),
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


def _download(path: str, words: str, question: Mapping[str, str]) -> html.A:
    return html.A(words, href=links.with_choices(path, **question), className="choice", download=True)


def rows(told: Told) -> Element:
    """One page of the rows, the newest first."""
    names = _names(told.city)
    shown = [field.name for field in told.answer.asked.stream.fields if field.name in COLUMNS]
    columns = {name: names.get(name, {}) for name in shown}
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


def _names(city: City) -> dict[str, Mapping[str, str]]:
    """By column, what the pack calls its keys. Keys of statuses and categories mean the same in every service."""
    services = city.services.values()
    return {
        "device": {key: each.name for key, each in city.devices.items()},
        "kind": {key: each.name for key, each in KINDS.items()},
        "market": {key: each.name for key, each in city.markets.items()},
        "commodity": {key: each.name for key, each in city.commodities.items()},
        "district": {key: each.name for key, each in city.districts.items()},
        "subdistrict": {key: each.name for key, each in city.subdistricts.items()},
        "agency": {key: each.short for key, each in city.agencies.items()},
        "service": {key: each.name for key, each in city.services.items()},
        "status": {key: each.name for service in services for key, each in service.statuses.items()},
        "category": {key: each.name for service in services for key, each in service.categories.items()},
        "priority": PRIORITY_WORDS,
    }
