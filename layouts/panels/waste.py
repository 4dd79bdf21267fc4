"""Waste: tonnes weighed today against the usual at this time, and each of the last fourteen days against the range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from layouts import html, parts, theme
from layouts.curves import Mark, columns
from layouts.findings.usual import (
    DAYS,
    WEEK,
    Day,
    days_of,
    last_days,
    sensing,
    standing_of,
    sum_known,
    target_of,
    usual_so_far,
)
from layouts.formats import NOTHING, known, number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import Target
from sensors.judge.target import Standing
from sensors.kinds import KINDS

KIND = "waste_tonnage"
LATE, STALE = timedelta(hours=1), timedelta(hours=6)
_WHOLE_DAY = timedelta(days=1) / KINDS[KIND].expected_interval

"""Percent of a week's weighings below which its mean is told, not judged."""


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
    week = _week(days, today, len(devices))
    mean = week.mean if city.least_shares["waste"].met_by(week.heard / 100) else None
    standing = standing_of(city, mean, KIND, "day-sum", now, devices)
    target = target_of(city, KIND, "day-sum", now, devices)
    body = [
        parts.lead(
            parts.text("waste-today", number(days[today].total if today in days else None), "figure"),
            "t hari ini",
            parts.badge("waste-state", standing.rank if standing else 0, _range_words(standing)),
            parts.text("waste-usual", f"biasanya {number(usual)} t pada jam ini", "sub"),
            parts.text("waste-week", f"7 hari: {number(week.mean)} t sehari, {percent(week.heard)} data", "sub"),
        ),
        _fortnight(last_days(days, today), target),
    ]
    source = f"{target.word}: {number(_low(target))}–{number(_high(target))} t" if target else ""
    return parts.frame(PANEL, body, observed, empty=observed is None, note=source)


@dataclass(frozen=True, slots=True)
class _Week:
    """Tonnes a day over the last seven whole days, and the share of their weighings in percent."""

    mean: float | None
    heard: float


def _week(days: Mapping[date, Day], today: date, bridges: int) -> _Week:
    """A week, because the range is one of years: a single day may well leave it."""
    found = [day for back in range(1, WEEK + 1) if (day := days.get(today - timedelta(days=back)))]
    mean = known(sum(day.total for day in found) / len(found)) if found else None
    whole = _WHOLE_DAY * WEEK * max(bridges, 1)
    return _Week(mean, min(100.0, sum(day.n for day in found) / whole * 100))


def _range_words(standing: Standing | None) -> str:
    if standing is None:
        return "data belum cukup"
    if standing.verdict == "met":
        return "dalam kisaran"
    return "di atas kisaran" if standing.value > standing.target.target else "di bawah kisaran"


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
    look="works",
    every=1.0,
    fit=Fit(width=29, height=10, spare=(".waste-days",)),
)
