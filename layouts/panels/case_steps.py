"""The way of one case: each step with its time and how long it took, and the steps its service does not allow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from layouts import case_words, html, parts
from layouts.findings.heard import FEEDS, last_case
from layouts.formats import duration, number
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City, Service
from sensors.judge.steps import course_of, impossible_steps

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
_HEADS = ("Keadaan", "Mulai", "Lama", "Langkah")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a step, the first on top."""
    found = rows.get("case_steps", ())
    service = context.city.services.get(context.options.get("service", ""))
    if not found or service is None:
        return parts.frame(PANEL, parts.nothing("Belum ada langkah yang diterima."), last_case(rows), empty=True)
    course = course_of([(row["at"], row["status"]) for row in found], service)
    wrong = set(impossible_steps([status for _, status in course], service))
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    lines = [
        _line(slot, at, status, _until(course, slot), service, context.city,
              odd=(course[slot - 1][1] if slot else None, status) in wrong)
        for slot, (at, status) in enumerate(course)
    ]  # fmt: skip
    body = [
        html.Table([head, html.Tbody(lines)], className="sheet"),
        html.P(_words(course, wrong, service), className="sub"),
    ]
    return parts.frame(PANEL, body, last_case(rows), empty=False, note=f"{number(len(course))} langkah", scrolls=True)


def _until(course: Sequence[tuple[datetime, str]], slot: int) -> datetime | None:
    return course[slot + 1][0] if slot + 1 < len(course) else None


def _line(
    slot: int,
    at: datetime,
    status: str,
    until: datetime | None,
    service: Service,
    city: City,
    *,
    odd: bool,
) -> html.Tr:
    words, rank = case_words.status(service, status)
    known = service.statuses.get(status)
    ident = f"case_steps-{slot}"
    if until is not None:
        took: html.Time | str = duration((until - at).total_seconds())
    else:
        took = parts.ago(f"{ident}-since", at) if known and known.open else "berakhir"
    return html.Tr(
        [
            html.Th(html.Span(words, className=f"status rank-{rank}"), scope="row"),
            html.Td(case_words.at(at, city)),
            html.Td(took, id=f"{ident}-took"),
            html.Td(
                parts.badge(f"{ident}-odd", 2, "tidak menurut urutan layanan")
                if odd
                else html.Span("sesuai urutan", id=f"{ident}-odd", className="sub")
            ),
        ],
        id=ident,
    )


def _words(course: Sequence[tuple[datetime, str]], wrong: set[tuple[str | None, str]], service: Service) -> str:
    whole = sum((after - before).total_seconds() for (before, _), (after, _) in pairwise(course))
    took = f"Dari masuk sampai langkah terakhir: {duration(whole)}, termasuk malam dan libur." if whole else ""
    if not wrong:
        return took
    return (
        f"{took} {number(len(wrong))} langkah tidak menurut urutan {service.name}: ada perubahan yang tidak tercatat."
    )


PANEL = Panel(
    key="case_steps",
    title="Langkah",
    streams=frozenset({"cases"}),
    questions=(Question("case_steps"), FEEDS),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    options=("service", "case"),
)
