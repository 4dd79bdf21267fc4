"""Water: what the works produce of their capacity, the pressure in each zone, houses connected against the goal."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts, theme
from layouts.curves import Mark, curve
from layouts.findings.series import Latest, latest_of
from layouts.findings.usual import compare, courses_of, sensing, standing_of, usual_of
from layouts.formats import NOTHING, day, number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.judge.target import Standing

LATE, STALE = timedelta(minutes=30), timedelta(hours=3)
KINDS_SHOWN = ("water_production", "water_pressure", "water_connections")
Course = tuple[float | None, ...]


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the works, the zones and the connections."""
    latest = latest_of(rows.get("latest_readings", ()))
    places = {kind: sensing(context.city, kind) for kind in KINDS_SHOWN}
    observed = parts.newest(
        latest[key, kind]["observed_at"] for kind in KINDS_SHOWN[:2] for key in places[kind] if (key, kind) in latest
    )
    courses = {kind: courses_of(rows, kind, context.city) for kind in KINDS_SHOWN[:2]}
    body = [
        *(_works(key, latest, rows, context) for key in places["water_production"]),
        html.Div(
            [
                *(
                    _zone(key, latest, courses["water_pressure"].get(key, ()), context)
                    for key in places["water_pressure"]
                )
            ],
            className="water-zones",
        ),
        *(_connections(key, latest, context) for key in places["water_connections"]),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note="ambang tekanan: contoh")


def _works(key: str, latest: Latest, rows: Rows, context: Context) -> html.Div:
    kind, city, now = "water_production", context.city, context.now
    row = latest.get((key, kind))
    value = None if row is None else float(row["value"])
    usual = compare(city, value, usual_of(rows, "mean").get((key, kind)), kind, now)
    capacity = standing_of(city, value, kind, "latest", now, (key,))
    words = "seperti biasa" if not usual.rank else f"{percent(100 - (usual.percent or 0))} di bawah biasanya"
    return parts.lead(
        parts.reading("water", row, key, kind, classes="figure"),
        "l/dtk",
        parts.badge(f"water-state-{key}", usual.rank, words if usual.percent is not None else "belum ada data"),
        parts.text(f"water-usual-{key}", f"biasanya {number(usual.usual)} l/dtk pada jam ini", "sub"),
        parts.text(f"water-share-{key}", _of_capacity(city.devices[key].name, capacity), "sub"),
    )


def _of_capacity(name: str, capacity: Standing | None) -> str:
    if capacity is None:
        return name
    return f"{name}, {percent(capacity.share)} dari {capacity.target.word} {number(capacity.target.target)}"


def _zone(key: str, latest: Latest, course: Course, context: Context) -> html.Div:
    kind = "water_pressure"
    row = latest.get((key, kind))
    standing = standing_of(
        context.city, None if row is None else float(row["value"]), kind, "latest", context.now, (key,)
    )
    values = [value for value in course if value is not None]
    low_high = f"{number(min(values), 1)} sampai {number(max(values), 1)} bar" if values else ""
    said = f"{len(course)} jam: {low_high}" if values else "Belum ada data"
    marks = [Mark(standing.target.target, theme.YELLOW)] if standing else []
    return html.Div(
        [
            html.Span(context.city.devices[key].name, className="name"),
            parts.picture(f"water-course-{key}", curve(course, theme.SKY, marks, floor=0.8), said),
            html.Span(
                [parts.reading("water", row, key, kind, classes="figure"), html.Span(" bar", className="unit")],
                className="level",
            ),
            parts.badge(f"water-badge-{key}", standing.rank if standing else 0, _pressure_words(standing)),
        ],
        className="row water-row",
        **parts.ageing(row["observed_at"] if row else None, LATE, STALE),
    )


def _pressure_words(standing: Standing | None) -> str:
    if standing is None:
        return "belum ada data"
    least = f"{number(standing.target.target, 1)} bar"
    return f"di atas {least}" if standing.verdict == "met" else f"di bawah {least}"


def _connections(key: str, latest: Latest, context: Context) -> html.Div:
    kind, city = "water_connections", context.city
    row = latest.get((key, kind))
    standing = standing_of(city, None if row is None else float(row["value"]), kind, "latest", context.now, (key,))
    seen = "" if row is None else f"per {day(row['observed_at'], city.zone)}"
    return html.Div(
        [
            html.Span(
                [
                    parts.reading("water", row, key, kind, classes="figure"),
                    html.Span(" sambungan", className="unit"),
                    parts.text(f"water-seen-{key}", seen, "sub"),
                ],
                className="line",
            ),
            parts.text(f"water-goal-{key}", _goal(standing), "sub"),
            parts.share_bar(f"water-bar-{key}", standing.share if standing else None),
        ],
        className="water-connections",
    )


def _goal(standing: Standing | None) -> str:
    if standing is None:
        return NOTHING
    left = standing.target.target - standing.value
    goal = f"{standing.target.word}: {number(standing.target.target)}"
    return f"{goal} · kurang {number(left)}" if left > 0 else f"{goal} · tercapai"


PANEL = Panel(
    key="water",
    title="Air bersih",
    streams=frozenset({"readings"}),
    questions=(
        Question("latest_readings"),
        Question("usual_hours", every=60.0),
        Question("hour_means", every=60.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="works",
    every=1.0,
    fit=Fit(width=30, height=16.5, spare=(".water-connections",), rows=(".row",)),
)
