"""What one agency's open cases are about, and the ones longest overdue."""

from __future__ import annotations

from datetime import timedelta

from layouts import case_table, html, links, parts
from layouts.findings.agency import Owned, owned
from layouts.findings.heard import FEEDS, last_case
from layouts.formats import number
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
LISTED, _CATEGORIES = 15, 12


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the categories, then the cases."""
    city, key = context.city, context.options.get("agency", "")
    found = owned(rows, city, context.now)
    if not found.cases:
        words = parts.nothing("Tidak ada kasus terbuka pada OPD ini.")
        return parts.frame(PANEL, words, last_case(rows), empty=True)
    late, shown = len(found.late), (found.late or found.cases)[:LISTED]
    title = (
        f"{number(len(shown))} dari {number(late)} kasus terlama lewat tenggat"
        if late
        else (f"{number(len(shown))} dari {number(len(found.cases))} kasus terbuka, tertua di atas")
    )
    more = links.cases(agency=key, overdue="ya") if late else links.cases(agency=key, state="terbuka")
    body = [
        _categories(found, city, key),
        html.H3(title, id="agency_cases-title"),
        case_table.table(PANEL.key, shown, city, context.now),
        html.P(html.A("Semuanya dalam daftar", href=more)),
    ]
    return parts.frame(PANEL, body, last_case(rows), empty=False, note="semua layanan", scrolls=True)


def _categories(found: Owned, city: City, key: str) -> html.Table:
    heads = ("Kategori", "Layanan", "Lewat tenggat", "Terbuka")
    lines = []
    for slot, ((service, category), (late, open_)) in enumerate(list(found.by_category.items())[:_CATEGORIES]):
        known = city.services[service].categories.get(category)
        here = {"agency": key, "service": service, "category": category if known else ""}
        lines.append(
            html.Tr(
                [
                    html.Th(known.name if known else category or "tanpa kategori", scope="row"),
                    html.Td(city.services[service].name),
                    html.Td(
                        html.A(number(late), href=links.cases(**here, overdue="ya"), id=f"agency_cases-late-{slot}")
                    ),
                    html.Td(
                        html.A(number(open_), href=links.cases(**here, state="terbuka"), id=f"agency_cases-open-{slot}")
                    ),
                ]
            )
        )
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    return html.Table([head, html.Tbody(lines)], className="sheet numbers")


PANEL = Panel(
    key="agency_cases",
    title="Kasus terbuka",
    streams=frozenset({"cases"}),
    questions=(Question("agency_open", every=1.0), FEEDS),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    options=("agency",),
)
