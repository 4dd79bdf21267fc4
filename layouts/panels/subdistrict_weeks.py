"""One kelurahan against its own usual: open cases at each midnight of four weeks, and what came and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from layouts import html, links, parts, theme
from layouts.curves import Mark, curve, pairs
from layouts.findings.heard import FEEDS, last_case
from layouts.formats import NOTHING, number, percent
from layouts.panel import Context, Panel, Question, Row, Rows

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
_WEEK, _QUIET = 7, 4.0
_HEADS = ("", "7 hari terakhir", "Biasanya (median 3 minggu sebelumnya)", "Dari biasanya")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the curve of open cases with its usual, and the week beside the weeks before."""
    days, code = list(rows.get("subdistrict_days", ())), context.options["subdistrict"]
    if not any(row["open"] or row["opened"] or row["ended"] for row in days):
        words = "Belum ada kasus di kelurahan ini dalam empat minggu."
        return parts.frame(PANEL, parts.nothing(words), last_case(rows), empty=True)
    open_ = [float(row["open"]) for row in days]
    usual = median(open_[:-1]) if open_[1:] else 0.0
    now, span = number(open_[-1]), number(len(days) - 1)
    said = f"Terbuka tiap tengah malam, {span} hari: kini {now}, biasanya {number(usual, 1)}"
    body = [
        parts.picture(
            "subdistrict_weeks-curve", curve(open_, theme.SKY, [Mark(usual, theme.CALM)], _QUIET), said, "curve tall"
        ),
        html.P(
            f"Terbuka pada tengah malam tadi: {now} · biasanya {number(usual, 1)} (median {span} hari, garis putus)",
            id="subdistrict_weeks-words",
        ),
        _sums(days, code),
        parts.picture(
            "subdistrict_weeks-days",
            pairs([(float(row["opened"]), float(row["ended"])) for row in days], theme.ORANGE, theme.CALM),
            f"{span} hari: {number(sum(row['opened'] for row in days))} masuk, "
            f"{number(sum(row['ended'] for row in days))} berakhir",
            "bars",
        ),
        html.P(
            [html.Span("■ masuk ", className="opened"), html.Span("■ berakhir", className="finished")], className="sub"
        ),
    ]
    return parts.frame(PANEL, body, last_case(rows), empty=False, note="kasus semua layanan", scrolls=True)


def _sums(days: Sequence[Row], code: str) -> html.Table:
    lines = [_line(days, "opened", "Masuk", code), _line(days, "ended", "Berakhir", code)]
    head = html.Thead(html.Tr([html.Th(words or "Tujuh hari", scope="col") for words in _HEADS]))
    return html.Table([head, html.Tbody(lines)], className="sheet numbers")


def _line(days: Sequence[Row], column: str, title: str, code: str) -> html.Tr:
    """The last seven days, and the median of the three weeks before."""
    weeks = [
        sum(int(row[column]) for row in days[max(0, end - _WEEK) : end]) for end in range(len(days), _WEEK - 1, -_WEEK)
    ]
    last, before = (weeks[0] if weeks else 0), weeks[1:]
    usual = median(before) if before else None
    share = percent(last / usual * 100) if usual else NOTHING
    figure = parts.text(f"subdistrict_weeks-{column}", number(last))
    linked = html.A(figure, href=links.cases(subdistrict=code, days="7")) if column == "opened" else figure
    return html.Tr(
        [html.Th(title, scope="row"), html.Td(linked),
         html.Td(parts.text(f"subdistrict_weeks-{column}-usual", number(usual, 1))),
         html.Td(parts.text(f"subdistrict_weeks-{column}-share", share))]
    )  # fmt: skip


PANEL = Panel(
    key="subdistrict_weeks",
    title="Dibanding biasanya di sini",
    streams=frozenset({"cases"}),
    questions=(Question("subdistrict_days", every=5.0), FEEDS),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    options=("subdistrict",),
)
