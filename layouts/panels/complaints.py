"""Complaints (LAKSA): how many wait, whose they are, how long, and the newest ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dash import html

from layouts import parts, theme
from layouts.curves import pairs
from layouts.findings.cases import CaseCounts, counts_of
from layouts.formats import NOTHING, number
from layouts.panel import Context, Panel, Question, Row, Rows
from sensors.city import City

AGENCIES, RECENT = 5, 5
LATE, STALE = timedelta(hours=6), timedelta(hours=24)
_RANKS = {"menunggu": 2, "proses": 1, "selesai": 0}
_SIGNS = {"menunggu": "●", "proses": "◆", "selesai": "✓"}


def render(rows: Rows, context: Context) -> html.Section:
    """Draw counts, agencies, fourteen days and the newest cases."""
    counts, recent = counts_of(rows, context.city), tuple(rows.get("recent_cases", ()))
    observed = parts.newest(row["status_at"] for row in recent)
    body = [
        html.Div(
            [_totals(counts, context.city, heard=bool(recent)), _days(rows.get("case_days", ()))],
            className="totals-line",
        ),
        html.H3("Terbuka menurut OPD" if recent else "Belum ada aduan yang diterima"),
        *(_agency(slot, counts, context.city) for slot in range(AGENCIES)),
        html.H3("Terbaru" if recent else ""),
        *(_case(slot, recent, context.city) for slot in range(RECENT)),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None and not counts.open, note="LAKSA")


def _totals(counts: CaseCounts, city: City, *, heard: bool) -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    parts.text(
                        f"complaints-count-{key}", number(counts.by_status[key]) if heard else NOTHING, "figure"
                    ),
                    html.Span(
                        f"{_SIGNS.get(key, '○')} {status.name.lower()}", className=f"status rank-{_RANKS.get(key, 0)}"
                    ),
                    html.Span("" if status.open else "hari ini", className="sub"),
                ],
                className="total",
            )
            for key, status in city.services[counts.service].statuses.items()
        ],
        className="totals",
    )


def _days(days: Sequence[Row]) -> html.Figure:
    values = [(float(row["opened"]), float(row["finished"])) for row in days]
    opened, finished = (sum(each) for each in zip(*values, strict=True)) if values else (0.0, 0.0)
    said = f"14 hari: {number(opened)} masuk, {number(finished)} selesai"
    src = pairs(values, theme.ORANGE, theme.CALM)
    caption = html.Figcaption([html.Span("■ masuk ", className="opened"), html.Span("■ selesai", className="finished")])
    return html.Figure([parts.picture("complaints-days", src, said, "bars"), caption], className="days")


def _agency(slot: int, counts: CaseCounts, city: City) -> html.Div:
    ranked = counts.agencies
    most = max((each.open for each in ranked), default=1)
    each = ranked[slot] if slot < len(ranked) else None
    agency = None if each is None else city.agencies.get(each.key)
    name = "" if each is None else (agency.short if agency else each.key)
    width = 0.0 if each is None else each.open / most * 100
    waiting = 0.0 if each is None or not each.open else each.waiting / each.open * 100
    bar = html.Span(
        html.Span(style={"width": f"{waiting:.0f}%"}, id=f"complaints-waiting-{slot}", className="bar-waiting"),
        id=f"complaints-bar-{slot}",
        className="bar",
        style={"width": f"{width:.0f}%"},
    )
    return html.Div(
        [
            parts.text(f"complaints-agency-{slot}", name, "name"),
            html.Span(bar, className="track"),
            parts.text(f"complaints-open-{slot}", "" if each is None else number(each.open), "count"),
            html.Span(
                [
                    parts.text(f"complaints-oldest-word-{slot}", "" if each is None else "tertua "),
                    parts.ago(f"complaints-oldest-{slot}", None if each is None else each.oldest),
                ],
                className="sub",
            ),
        ],
        className="agency",
    )


def _case(slot: int, recent: tuple[Row, ...], city: City) -> html.Div:
    row = recent[slot] if slot < len(recent) else None
    status = "" if row is None else row["status"]
    case = None if row is None else f"{row['service']}/{row['case_id']}"
    return html.Div(
        [
            html.Span(
                "" if row is None else f"{_SIGNS.get(status, '○')} {status}",
                id=f"complaints-status-{slot}",
                className=f"status rank-{_RANKS.get(status, 0)}",
            ),
            parts.text(f"complaints-what-{slot}", _what(row, city), "name"),
            parts.text(f"complaints-where-{slot}", _where(row, city), "sub"),
            parts.ago(f"complaints-at-{slot}", None if row is None else row["status_at"]),
        ],
        id=f"complaints-case-{slot}",
        className="case",
        **parts.marked(case=case, status=status or None),
    )


def _what(row: Row | None, city: City) -> str:
    if row is None:
        return ""
    service = city.services.get(row["service"])
    category = service.categories.get(row["category"]) if service and row["category"] else None
    return category.name if category else (row["category"] or row["case_id"])


def _where(row: Row | None, city: City) -> str:
    if row is None:
        return ""
    place = city.subdistricts.get(row["subdistrict"] or "")
    agency = city.agencies.get(row["agency"] or "")
    return " · ".join(word for word in (place.name if place else None, agency.short if agency else None) if word)


PANEL = Panel(
    key="complaints",
    title="Aduan warga",
    streams=frozenset({"cases"}),
    questions=(Question("case_counts"), Question("case_days", every=5.0), Question("recent_cases")),
    render=render,
    late_after=LATE,
    stale_after=STALE,
)
