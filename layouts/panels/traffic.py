"""Traffic: how fast the junctions flow and how much they carry, against the same hour of the last seven days."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts, theme
from layouts.curves import curve
from layouts.findings.traffic import Junction, junctions_of, middle_speed
from layouts.findings.usual import Compared, sensing
from layouts.formats import NOTHING, number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City

LATE, STALE = timedelta(minutes=10), timedelta(hours=1)
SHOWN = 10
_HEADS = ("Jalan", "km/jam", "biasanya", "kendaraan/jam")
_WHOLE = 0.95
"""From this share of an hour's counts on, its sum is called whole."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the median speed of the city and its junctions, worst first, then the slowest."""
    city = context.city
    found = junctions_of(rows, city, context.now)
    wanted = set(sensing(city, "vehicle_speed"))
    observed = parts.newest(
        row["observed_at"]
        for row in rows.get("latest_readings", ())
        if row["device"] in wanted and row["kind"] in {"vehicle_count", "vehicle_speed"}
    )
    middle = middle_speed(found, city, context.now)
    heard = sum(each.speed.value is not None for each in found)
    slow = sum(each.speed.rank > 0 for each in found)
    body = [
        parts.lead(
            parts.text("traffic-speed", number(middle.value), "figure"),
            "km/jam",
            parts.badge("traffic-state", middle.rank, _than_usual(middle)),
            parts.text(
                "traffic-middle", f"median {number(heard)} dari {number(len(found))} simpang, 15 menit terakhir", "sub"
            ),
            parts.text("traffic-slow", f"{number(slow)} simpang lebih lambat dari biasanya" if slow else "", "sub"),
        ),
        html.Div(_heads(city), className="traffic-row heads"),
        *(_row(each) for each in found[:SHOWN]),
        html.P(
            f"{number(len(found) - SHOWN)} simpang lain lebih lancar" if len(found) > SHOWN else "",
            id="traffic-rest",
            className="sub",
        ),
    ]
    sample = any(each.speed.standing and each.speed.standing.target.sample for each in found)
    places = any(each.device.source == "contoh" for each in found)
    said = " dan ".join(word for word, so in (("titik", places), ("ambang", sample)) if so)
    meant = "biasanya = jam yang sama, 7 hari terakhir"
    return parts.frame(
        PANEL, body, observed, empty=observed is None, note=f"{meant} · {said}: contoh" if said else meant
    )


def _heads(city: City) -> list[html.Span]:
    first, *rest = _HEADS
    return [html.Span(words) for words in (first, f"{city.curves.works} jam", *rest, "")]


def _row(each: Junction) -> html.Div:
    key, speed = each.device.key, each.speed
    values = [value for value in each.course if value is not None]
    low_high = f"{number(min(values))} sampai {number(max(values))} km/jam" if values else ""
    said = f"{len(each.course)} jam: {low_high}" if values else "Belum ada data"
    return html.Div(
        [
            html.Span(each.device.name.removeprefix("Jl. "), className="name"),
            parts.picture(f"traffic-course-{key}", curve(each.course, theme.SKY, floor=15.0), said),
            parts.text(f"traffic-speed-{key}", number(speed.value), "figure"),
            parts.text(f"traffic-usual-{key}", number(speed.usual), "sub"),
            html.Span(
                [
                    parts.text(f"traffic-vehicles-{key}", number(each.vehicles.value), "count"),
                    parts.text(f"traffic-counted-{key}", _volume(each), "sub"),
                ],
                className="stacked",
            ),
            parts.badge(f"traffic-badge-{key}", speed.rank, _than_usual(speed)),
        ],
        id=f"traffic-row-{key}",
        className="traffic-row",
    )


def _volume(each: Junction) -> str:
    """How the hour's vehicles compare; where counts are missing, how many there are instead."""
    if each.vehicles.value is not None and each.heard < _WHOLE:
        return f"{percent(each.heard * 100)} data"
    share = each.vehicles.percent
    return "" if share is None else percent(share - 100, sign=True)


def _than_usual(speed: Compared) -> str:
    share = speed.percent
    if speed.value is None:
        return "belum ada data"
    if share is None:
        return f"biasanya {NOTHING}"
    return f"{percent(100 - share)} lebih lambat" if speed.rank else "seperti biasa"


PANEL = Panel(
    key="traffic",
    title="Lalu lintas",
    streams=frozenset({"readings"}),
    questions=(
        Question("latest_readings"),
        Question("traffic_now", every=5.0),
        Question("usual_hours", every=60.0),
        Question("hour_means", every=60.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="works",
    every=1.0,
    fit=Fit(width=44, height=18, rows=(".traffic-row:not(.heads)",)),
)
