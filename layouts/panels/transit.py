"""Public transport: passengers of today against the usual by this time, and how much of each fleet is in service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from layouts import html, parts
from layouts.findings.series import latest_of
from layouts.findings.usual import (
    Compared,
    Day,
    compare,
    days_by_device,
    percent_of,
    sensing,
    sum_known,
    target_of,
    usual_of,
    usual_so_far,
)
from layouts.formats import number, percent
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import City

KIND, RUNNING = "bus_passengers", "buses_running"
LATE, STALE = timedelta(minutes=30), timedelta(hours=3)
_HEADS = ("Jalur", "penumpang", "biasanya", "armada jalan", "", "")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw all passengers of today and the lines in the pack's order."""
    city, now = context.city, context.now
    lines, today = sensing(city, KIND), city.calendar.local_day(now)
    days, sofar = days_by_device(rows, KIND), usual_so_far(rows)
    latest, usual = latest_of(rows.get("latest_readings", ())), usual_of(rows, "mean")
    observed = parts.newest(
        row["observed_at"] for (key, kind), row in latest.items() if key in lines and kind in {KIND, RUNNING}
    )
    carried = [days[key][today].total for key in lines if today in days.get(key, {})]
    expected = sum_known(sofar, KIND, lines)
    total = sum(carried) if carried else None
    body = [
        parts.lead(
            parts.text("transit-today", number(total), "figure"),
            "penumpang hari ini",
            parts.text("transit-usual", f"biasanya {number(expected)} sampai jam ini{_share(total, expected)}", "sub"),
            *(html.Span(words, className="sub") for words in _references(city, context)),
        ),
        html.Div([html.Span(words) for words in _HEADS], className="transit-row heads"),
        *(
            _line(key, days.get(key, {}), today, sofar.get((key, KIND)), latest.get((key, RUNNING)),
                  usual.get((key, RUNNING)), context)
            for key in lines
        ),
    ]  # fmt: skip
    return parts.frame(PANEL, body, observed, empty=observed is None, note="batas armada: contoh")


def _line(
    key: str,
    days: Mapping[date, Day],
    today: date,
    sofar: float | None,
    row: Row | None,
    usual: float | None,
    context: Context,
) -> html.Div:
    running = None if row is None else float(row["value"])
    found = compare(context.city, running, usual, RUNNING, context.now)
    fleet = target_of(context.city, RUNNING, "latest", context.now, (key,))
    return html.Div(
        [
            html.Span(context.city.devices[key].name, className="name"),
            parts.text(f"transit-passengers-{key}", number(days[today].total if today in days else None), "count"),
            parts.text(f"transit-usual-{key}", number(sofar), "sub"),
            html.Span(
                [
                    parts.reading("transit", row, key, RUNNING, classes="count"),
                    html.Span(f" dari {number(fleet.target)}" if fleet else "", className="unit"),
                ],
                className="running",
            ),
            parts.share_bar(f"transit-bar-{key}", percent_of(running, fleet.target if fleet else None)),
            parts.badge(f"transit-badge-{key}", found.rank, _words(found)),
        ],
        className="row transit-row",
        **parts.ageing(row["observed_at"] if row else None, LATE, STALE),
    )


def _words(found: Compared) -> str:
    if found.value is None:
        return "belum ada data"
    if not found.value and not found.usual:
        return "tidak beroperasi"
    return f"biasanya {number(found.usual)}" if found.rank else "seperti biasa"


def _share(total: float | None, expected: float | None) -> str:
    share = percent_of(total, expected)
    return "" if share is None else f" ({percent(share)})"


def _references(city: City, context: Context) -> list[str]:
    """What the sources say of the lines' days, one line each."""
    day = city.calendar.local_day(context.now)
    held = [row for row in city.targets if row.kind == KIND and row.statistic == "day-sum" and row.valid_from <= day]
    return [
        f"{city.devices[row.devices[0]].name.split(' koridor')[0]} sehari: {number(row.target)}, {row.word}"
        for row in held
        if row.devices
    ]


PANEL = Panel(
    key="transit",
    title="Angkutan umum",
    streams=frozenset({"readings"}),
    questions=(
        Question("latest_readings"),
        Question("day_totals", every=30.0),
        Question("usual_hours", every=60.0),
        Question("usual_today", every=60.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="works",
    every=1.0,
    fit=Fit(width=38, height=15.5, rows=(".row",)),
)
