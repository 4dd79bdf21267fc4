"""The open cases of one kelurahan: whose they are, what about, since when late, and the ones longest overdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from layouts import case_table, case_words, html, links, parts
from layouts.findings.heard import FEEDS, last_case
from layouts.findings.services import is_case
from layouts.formats import number
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
LISTED = 12
"""So many cases are listed; the others are behind the link."""
_OWNERS = 6


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the sums by agency and category, then the cases, late ones first."""
    city, code = context.city, context.options["subdistrict"]
    cases = [row for row in rows.get("subdistrict_open", ()) if _counts(row, city)]
    if not cases:
        words = parts.nothing("Tidak ada kasus terbuka di sini.")
        return parts.frame(PANEL, words, last_case(rows), empty=True)
    late = [row for row in cases if _late(row, context)]
    rest = [row for row in cases if row not in late]
    listed = [*late, *rest][:LISTED]
    body = [
        html.P(_words(late, cases, city), id="subdistrict_cases-words", className="lede"),
        html.Div([_owners(cases, late, code, city), _subjects(cases, late, code, city)], className="beside-tables"),
        html.H3(f"{number(len(listed))} dari {number(len(cases))} kasus terbuka, terlama lewat tenggat di atas"),
        case_table.table(PANEL.key, listed, city, context.now),
        html.P(html.A("Semua kasus terbuka di kelurahan ini", href=links.cases(subdistrict=code, state="terbuka"))),
    ]
    return parts.frame(PANEL, body, last_case(rows), empty=False, note="semua layanan", scrolls=True)


def _counts(row: Row, city: City) -> bool:
    service = city.services.get(row["service"])
    return service is not None and row["status"] in service.statuses and is_case(service, row["category"])


def _late(row: Row, context: Context) -> bool:
    due = case_table.due_of(row, context.city)
    return due is not None and due.overdue(context.now)


def _words(late: Sequence[Row], cases: Sequence[Row], city: City) -> str:
    if not late:
        return f"{number(len(cases))} kasus terbuka, tidak ada yang lewat tenggat."
    oldest = min(row["opened_at"] for row in late)
    return (
        f"{number(len(late))} dari {number(len(cases))} kasus terbuka lewat tenggat; "
        f"yang terlama masuk {case_words.at(oldest, city)}."
    )


def _owners(cases: Sequence[Row], late: Sequence[Row], code: str, city: City) -> html.Table:
    open_, overdue = (Counter(row["agency"] or "" for row in found) for found in (cases, late))
    ranked = sorted(open_, key=lambda key: (-overdue[key], -open_[key], key))[:_OWNERS]
    lines = [
        _line(f"agency-{slot}", case_words.agency(key or None, city), key, overdue[key], open_[key], code, "agency")
        for slot, key in enumerate(ranked)
    ]
    return _sums("OPD", lines)


def _subjects(cases: Sequence[Row], late: Sequence[Row], code: str, city: City) -> html.Table:
    open_, overdue = (Counter((row["category"] or "") for row in found) for found in (cases, late))
    names = {row["category"] or "": case_words.category(row, city) for row in cases}
    ranked = sorted(open_, key=lambda key: (-overdue[key], -open_[key], key))[:_OWNERS]
    lines = [
        _line(f"category-{slot}", names[key], key, overdue[key], open_[key], code, "category")
        for slot, key in enumerate(ranked)
    ]
    return _sums("Kategori", lines)


def _line(ident: str, name: str, key: str, late: int, open_: int, code: str, filter_: str) -> html.Tr:
    here = {"subdistrict": code, filter_: key}
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(html.A(number(late), href=links.cases(**here, overdue="ya"), id=f"subdistrict_cases-{ident}-late")),
            html.Td(
                html.A(number(open_), href=links.cases(**here, state="terbuka"), id=f"subdistrict_cases-{ident}-open")
            ),
        ]
    )


def _sums(title: str, lines: Sequence[html.Tr]) -> html.Table:
    head = [html.Th(words, scope="col") for words in (title, "Lewat tenggat", "Terbuka")]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(list(lines))], className="sheet numbers")


PANEL = Panel(
    key="subdistrict_cases",
    title="Kasus terbuka di kelurahan ini",
    streams=frozenset({"cases"}),
    questions=(Question("subdistrict_open", every=1.0), FEEDS),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    options=("subdistrict",),
)
