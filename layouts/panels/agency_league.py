"""Every agency in one table: most past their deadline on top, each number leading to the cases behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import case_words, html, links, parts, theme
from layouts.curves import pairs
from layouts.findings.agencies import Agencies, AgencyFigures, Span, agencies_of
from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.findings.cases import NO_AGENCY
from layouts.findings.heard import FEEDS, last_case
from layouts.formats import NOTHING, duration, number, percent
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
_HEADS = (
    "OPD", "Lewat tenggat", "Dari terbuka", "Terbuka", "Menunggu", "Median sampai tindakan", "Median sampai selesai",
    "Tertua", "Masuk dan berakhir, 14 hari",
)  # fmt: skip
_MEANS = (
    "Median kasus yang masuk dalam 30 hari, dari yang sudah sampai tahap itu (n dari semua); "
    "waktu berjalan, termasuk malam dan libur."
)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row an agency."""
    found = agencies_of(rows, context.city, context.now)
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    body = [
        html.P(_words(found), id="agency_league-words", className="lede"),
        html.Table(
            [head, html.Tbody([_row(each, context.city, cut=found.deadlines.cut) for each in found.figures])],
            className="sheet numbers",
        ),
        html.P(_MEANS, className="sub"),
    ]
    return parts.frame(PANEL, body, last_case(rows), empty=not found.figures, note="semua layanan", scrolls=True)


def _words(found: Agencies) -> str:
    late = sum(each.overdue > 0 for each in found.figures)
    total = sum(each.overdue for each in found.figures)
    most = "≥ " if found.deadlines.cut else ""
    return (
        f"{number(late)} dari {number(len(found.figures))} OPD punya kasus lewat tenggat, {most}{number(total)} kasus"
    )


def _row(each: AgencyFigures, city: City, *, cut: bool) -> html.Tr:
    key = NO_AGENCY_KEY if each.key == NO_AGENCY else each.key
    known, ident, most = each.key in city.agencies or each.key == NO_AGENCY, f"agency_league-{key}", "≥ " if cut else ""
    rank, sign = (3, "■") if each.overdue else (0, "○")
    late = html.Span(
        f"{sign} {most}{number(each.overdue)}{' contoh' if each.sample else ''}",
        id=f"{ident}-overdue",
        className=f"status rank-{rank}",
    )
    share = percent(each.overdue / each.open * 100) if each.open and each.dated else NOTHING
    name = case_words.agency(each.key, city)
    return html.Tr(
        [
            html.Th(html.A(name, href=links.agency(key)) if known else name, scope="row"),
            html.Td(html.A(late, href=links.cases(agency=key, overdue="ya"))),
            html.Td(parts.text(f"{ident}-share", share if each.dated or not each.open else "tanpa tenggat")),
            html.Td(html.A(number(each.open), id=f"{ident}-open", href=links.cases(agency=key, state="terbuka"))),
            html.Td(
                html.A(number(each.waiting), id=f"{ident}-waiting", href=links.cases(agency=key, state="menunggu"))
            ),
            html.Td(_span(f"{ident}-first", each.first)),
            html.Td(_span(f"{ident}-done", each.done)),
            html.Td(parts.ago(f"{ident}-oldest", each.oldest)),
            html.Td(_days(f"{ident}-days", each.days)),
        ]
    )


def _span(ident: str, span: Span) -> list[html.Span]:
    n = f" n {number(span.n)} dari {number(span.of)}" if span.of else ""
    return [parts.text(ident, duration(span.seconds)), parts.text(f"{ident}-n", n, "sub")]


def _days(ident: str, days: Sequence[tuple[int, int]]) -> html.Img:
    opened, ended = (sum(column) for column in zip(*days, strict=True)) if days else (0, 0)
    src = pairs([(float(one), float(other)) for one, other in days], theme.ORANGE, theme.CALM)
    return parts.picture(ident, src, f"14 hari: {number(opened)} masuk, {number(ended)} berakhir", "bars small")


PANEL = Panel(
    key="agency_league",
    title="OPD dibandingkan",
    streams=frozenset({"cases"}),
    questions=(
        Question("service_open", every=5.0),
        Question("agency_times", every=30.0),
        Question("agency_days", every=30.0),
        FEEDS,
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
)
