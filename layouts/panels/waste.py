"""Waste: tonnes weighed today against the usual at this time, and each of the last fourteen days against the range."""

from __future__ import annotations

from datetime import timedelta

from dash import html

from layouts import parts, theme
from layouts.curves import Mark, columns
from layouts.findings.usual import (
    DAYS,
    Day,
    days_of,
    last_days,
    sensing,
    standing_of,
    sum_known,
    target_of,
    usual_so_far,
)
from layouts.formats import NOTHING, number, percent
from layouts.panel import Context, Panel, Question, Rows
from sensors.city import Target
from sensors.judge.target import Standing
from sensors.kinds import KINDS

KIND = "waste_tonnage"
LATE, STALE = timedelta(hours=1), timedelta(hours=6)
_WHOLE_DAY = timedelta(days=1) / KINDS[KIND].expected_interval


def render(rows: Rows, context: Context) -> html.Section:
    """Draw today, yesterday and fourteen days."""
    city, now = context.city, context.now
    devices = sensing(city, KIND)
    days, today = days_of(rows, KIND, devices), city.calendar.local_day(now)
    usual = sum_known(usual_so_far(rows), KIND, devices)
    observed = parts.newest(
        row["observed_at"]
        for row in rows.get("latest_readings", ())
        if row["kind"] == KIND and row["device"] in devices
    )
    yesterday = days.get(today - timedelta(days=1))
    standing = standing_of(city, yesterday.total if yesterday else None, KIND, "day-sum", now, devices)
    target = target_of(city, KIND, "day-sum", now, devices)
    whole = _WHOLE_DAY * max(len(devices), 1)
    body = [
        parts.lead(
            parts.text("waste-today", number(days[today].total if today in days else None), "figure"),
            "t hari ini",
            parts.text("waste-usual", f"biasanya {number(usual)} t pada jam ini", "sub"),
            parts.badge("waste-state", standing.rank if standing else 0, _range_words(yesterday, standing)),
            parts.text("waste-whole", _whole(yesterday, whole), "sub"),
        ),
        _fortnight(last_days(days, today), target),
    ]
    source = f"{target.word}: {number(_low(target))}–{number(_high(target))} t sehari" if target else ""
    return parts.frame(PANEL, body, observed, empty=observed is None, note=source)


def _range_words(yesterday: Day | None, standing: Standing | None) -> str:
    said = f"kemarin {number(yesterday.total if yesterday else None)} t"
    if standing is None:
        return said
    if standing.verdict == "met":
        return f"{said}, dalam kisaran"
    return f"{said}, {'di atas' if standing.value > standing.target.target else 'di bawah'} kisaran"


def _whole(yesterday: Day | None, whole: float) -> str:
    return "" if yesterday is None else f"{percent(min(100.0, yesterday.n / whole * 100))} data kemarin"


def _fortnight(days: tuple[float | None, ...], target: Target | None) -> html.Figure:
    past = [value for value in days[:-1] if value is not None]
    marks = [Mark(_low(target), theme.MUTED), Mark(_high(target), theme.MUTED)] if target else []
    said = f"rata-rata {number(sum(past) / len(past) if past else None)} t sehari"
    span = f"{number(min(past))} sampai {number(max(past))} t" if past else NOTHING
    return html.Figure(
        [
            parts.picture(
                "waste-days", columns(days, theme.CALM, theme.SKY, marks), f"{DAYS} hari: {said}, {span}", "bars"
            ),
            html.Figcaption(
                [
                    html.Span(f"{DAYS} hari"),
                    parts.text("waste-mean", said),
                    html.Span("hari ini", className="now"),
                ]
            ),
        ],
        className="waste-days",
    )


def _low(target: Target) -> float:
    return target.target - (target.warn or 0.0)


def _high(target: Target) -> float:
    return target.target + (target.warn or 0.0)


PANEL = Panel(
    key="waste",
    title="Sampah ke TPA",
    streams=frozenset({"readings"}),
    questions=(
        Question("latest_readings"),
        Question("day_totals", every=30.0),
        Question("usual_today", every=60.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
)
