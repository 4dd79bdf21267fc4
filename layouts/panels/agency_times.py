"""How long one agency's cases take, beside all agencies, and what came and ended in 14 and 90 days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from layouts import html, links, parts, theme
from layouts.curves import pairs
from layouts.findings.agencies import AgencyFigures, Span, agencies_of
from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.findings.cases import NO_AGENCY
from layouts.findings.heard import FEEDS, last_case
from layouts.formats import NOTHING, duration, number
from layouts.panel import Context, Panel, Question, Row, Rows

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
_SHORT = 14


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the medians with their numbers, the sums of two spans, and the days."""
    key = context.options.get("agency", "")
    wanted = NO_AGENCY if key == NO_AGENCY_KEY else key
    agencies = agencies_of(rows, context.city, context.now).figures
    own = next((each for each in agencies if each.key == wanted), None)
    days = rows.get("agency_history", ())
    if own is None and not any(row["opened"] or row["ended"] for row in days):
        words = parts.nothing("Belum ada kasus OPD ini dalam 90 hari.")
        return parts.frame(PANEL, words, last_case(rows), empty=True)
    said = f"90 hari: {number(_sum(days, 'opened'))} masuk, {number(_sum(days, 'ended'))} berakhir"
    src = pairs([(float(row["opened"]), float(row["ended"])) for row in days], theme.ORANGE, theme.CALM)
    body = [
        _medians(own, agencies),
        _sums(days, key),
        parts.picture("agency_times-days", src, said, "bars"),
        html.P(
            [html.Span("■ masuk ", className="opened"), html.Span("■ berakhir ", className="finished"), "90 hari"],
            className="sub",
        ),
    ]
    return parts.frame(PANEL, body, last_case(rows), empty=False, note="kasus semua layanan", scrolls=True)


def _medians(own: AgencyFigures | None, agencies: Sequence[AgencyFigures]) -> html.Table:
    titles = ("30 hari terakhir", "Median", "Dari kasus", "Median semua OPD")
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in titles]))
    lines = [
        _median("first", "Sampai tindakan pertama", own.first if own else None, [each.first for each in agencies]),
        _median("done", "Sampai selesai", own.done if own else None, [each.done for each in agencies]),
    ]
    return html.Table([head, html.Tbody(lines)], className="sheet numbers")


def _median(ident: str, title: str, own: Span | None, all_: Sequence[Span]) -> html.Tr:
    usual = [each.seconds for each in all_ if each.seconds is not None]
    return html.Tr(
        [
            html.Th(title, scope="row"),
            html.Td(parts.text(f"agency_times-{ident}", duration(own.seconds) if own else NOTHING)),
            html.Td(
                parts.text(f"agency_times-{ident}-n", f"{number(own.n)} dari {number(own.of)}" if own else NOTHING)
            ),
            html.Td(parts.text(f"agency_times-{ident}-usual", duration(median(usual)) if usual else NOTHING)),
        ]
    )


def _sums(days: Sequence[Row], key: str) -> html.Table:
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in ("Hari", "Masuk", "Berakhir")]))
    lines = [
        html.Tr(
            [
                html.Th(f"{number(span)} hari", scope="row"),
                html.Td(
                    html.A(
                        number(_sum(days[-span:], "opened")),
                        id=f"agency_times-opened-{span}",
                        href=links.cases(agency=key, days=str(span)),
                    )
                ),
                html.Td(parts.text(f"agency_times-ended-{span}", number(_sum(days[-span:], "ended")))),
            ]
        )
        for span in (_SHORT, 90)
    ]
    return html.Table([head, html.Tbody(lines)], className="sheet numbers")


def _sum(days: Sequence[Row], column: str) -> int:
    return sum(int(row[column]) for row in days)


PANEL = Panel(
    key="agency_times",
    title="Berapa lama",
    streams=frozenset({"cases"}),
    questions=(
        Question("service_open", every=5.0),
        Question("agency_times", every=30.0),
        Question("agency_days", every=30.0),
        Question("agency_history", every=5.0),
        FEEDS,
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    options=("agency",),
)
