"""The city's application: who uses it today, what it offers, the certificates it issues, who has taken it over."""

from __future__ import annotations

from datetime import datetime, timedelta

from layouts import html, parts
from layouts.findings.series import Latest, latest_of
from layouts.findings.usual import days_of, percent_of, sensing, standing_of, sum_known, usual_so_far
from layouts.formats import number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City
from sensors.judge.target import Standing

LATE, STALE = timedelta(minutes=30), timedelta(hours=3)
_FIGURES = (
    ("app_services", "layanan"), ("app_menus", "menu"),
    ("replicating_regions", "daerah memakai"),
)  # fmt: skip


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the users of today first, then five figures."""
    latest = latest_of(rows.get("latest_readings", ()))
    observed = parts.newest(row["observed_at"] for (_, kind), row in latest.items() if kind == "app_users")
    users, usual = _today("app_users", rows, context), _usual("app_users", rows, context.city)
    share = percent_of(users, usual)
    body = [
        parts.lead(
            parts.text("digital-users", number(users), "figure"),
            "pemakaian",
            parts.text("digital-usual", f"hari ini, biasanya {number(usual)}", "sub"),
            parts.text("digital-percent", "" if share is None else f"{percent(share)} dari biasanya", "sub"),
        ),
        html.Div(
            [
                _figure("app_downloads", "unduhan", latest, context.city, context.now),
                _certificates(rows, context),
                *(_figure(kind, unit, latest, context.city, context.now) for kind, unit in _FIGURES),
            ],
            className="digital-figures",
        ),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note="pemakaian: contoh")


def _figure(kind: str, unit: str, latest: Latest, city: City, now: datetime) -> html.Div:
    devices = sensing(city, kind)
    key = devices[0] if devices else "none"
    row = latest.get((key, kind))
    standing = standing_of(city, None if row is None else float(row["value"]), kind, "latest", now, (key,))
    return html.Div(
        [
            parts.reading("digital", row, key, kind, classes="figure"),
            html.Span(unit, className="unit"),
            parts.text(f"digital-since-{kind}", _since(standing), "sub"),
        ],
        className="digital-figure",
    )


def _since(standing: Standing | None) -> str:
    if standing is None:
        return ""
    grown = standing.value - standing.target.target
    if not grown:
        return f"sama dengan {standing.target.word}"
    return f"{number(grown, sign=True)} sejak {standing.target.word}"


def _certificates(rows: Rows, context: Context) -> html.Div:
    kind = "certificates_issued"
    issued, usual = _today(kind, rows, context), _usual(kind, rows, context.city)
    return html.Div(
        [
            parts.text("digital-certificates", number(issued), "figure"),
            html.Span("sertifikat hari ini", className="unit"),
            parts.text("digital-certificates-usual", f"biasanya {number(usual)}", "sub"),
        ],
        className="digital-figure",
    )


def _today(kind: str, rows: Rows, context: Context) -> float | None:
    days = days_of(rows, kind, sensing(context.city, kind))
    today = context.city.calendar.local_day(context.now)
    return days[today].total if today in days else None


def _usual(kind: str, rows: Rows, city: City) -> float | None:
    return sum_known(usual_so_far(rows), kind, sensing(city, kind))


PANEL = Panel(
    key="digital",
    title="Layanan digital",
    streams=frozenset({"readings"}),
    questions=(
        Question("latest_readings"),
        Question("day_totals", every=30.0),
        Question("usual_today", every=60.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="works",
    every=1.0,
    fit=Fit(width=30.5, height=16.5, rows=(".digital-figure",)),
)
