"""Cases as a table on a desk page: each row leads to its case, and says by which rule it is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from layouts import case_words, html, links, parts
from layouts.formats import short
from layouts.panel import Row
from sensors.city import City
from sensors.judge.deadline import CaseTimes, Due, judge_deadline

_HEADS = ("Kasus", "Tentang", "Keadaan", "OPD", "Tempat", "Masuk", "Tenggat")
_LONGEST = 28


def due_of(row: Row, city: City) -> Due | None:
    """The next deadline of a case; None where it has none."""
    service = city.services.get(row["service"])
    if service is None or row["status"] not in service.statuses:
        return None
    times = CaseTimes(row["status"], row["opened_at"], row["status_at"], row["category"])
    return judge_deadline(times, service, city.calendar)


def table(panel: str, rows: Sequence[Row], city: City, now: datetime) -> html.Table:
    """One row a case, in the order given."""
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    body = html.Tbody([_row(f"{panel}-case-{slot}", row, city, now) for slot, row in enumerate(rows)])
    return html.Table([head, body], className="sheet cases")


def _row(ident: str, row: Row, city: City, now: datetime) -> html.Tr:
    service = city.services.get(row["service"])
    words, rank = case_words.status(service, row["status"])
    key = row["agency"]
    whose = (
        html.A(case_words.agency(key, city), href=links.agency(key))
        if key in city.agencies
        else case_words.agency(key, city)
    )
    return html.Tr(
        [
            html.Th(
                html.A(short(row["case_id"], _LONGEST), href=links.case(row["service"], row["case_id"])), scope="row"
            ),
            html.Td(f"{case_words.service(row, city)} · {case_words.category(row, city)}", className="wraps"),
            html.Td(html.Span(short(words, _LONGEST), className=f"status rank-{rank}")),
            html.Td(whose),
            html.Td(case_words.place(row["subdistrict"], city)),
            html.Td(parts.ago(f"{ident}-opened", row["opened_at"])),
            html.Td(_due(row, city, now), className="wraps"),
        ],
        id=ident,
        **parts.marked(case=f"{row['service']}/{row['case_id']}", status=row["status"]),
    )


def _due(row: Row, city: City, now: datetime) -> list[html.Span]:
    due = due_of(row, city)
    if due is None:
        return [html.Span("tanpa tenggat", className="sub")]
    late = due.overdue(now)
    words = f"■ lewat {case_words.due_day(due, city)}" if late else f"○ {case_words.due_day(due, city)}"
    return [
        html.Span(words, className=f"status rank-{3 if late else 0}"),
        html.Span(f" {case_words.limit(due.stage)}", className="sub"),
    ]
