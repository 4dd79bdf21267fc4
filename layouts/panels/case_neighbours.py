"""What else of the same kind was reported near one case: the same category and kelurahan, within seven days."""

from __future__ import annotations

from datetime import timedelta

from layouts import case_table, html, links, parts
from layouts.findings.heard import FEEDS, last_case
from layouts.formats import number
from layouts.panel import Context, Panel, Question, Rows

LATE, STALE = timedelta(hours=6), timedelta(hours=24)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the nearest ones in time, and the link to all of the kind there."""
    found = rows.get("case_neighbours", ())
    if not found:
        words = "Tidak ada kasus sejenis di kelurahan yang sama dalam tujuh hari sebelum dan sesudahnya."
        return parts.frame(PANEL, parts.nothing(words), last_case(rows), empty=True)
    first = found[0]
    body = [
        html.P(
            f"{number(first['n'])} kasus sejenis di kelurahan yang sama, terdekat waktunya di atas", className="lede"
        ),
        case_table.table(PANEL.key, found, context.city, context.now),
        html.P(
            html.A(
                "Semua kasus sejenis di kelurahan ini",
                href=links.cases(subdistrict=first["subdistrict"], category=first["category"]),
            )
        ),
    ]
    return parts.frame(PANEL, body, last_case(rows), empty=False, note="7 hari sebelum dan sesudah", scrolls=True)


PANEL = Panel(
    key="case_neighbours",
    title="Di sekitarnya",
    streams=frozenset({"cases"}),
    questions=(Question("case_neighbours", every=2.0), FEEDS),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    options=("service", "case"),
)
