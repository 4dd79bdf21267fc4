"""Weather at the air stations now: temperature, humidity and wind, and between what they moved in 24 hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.series import Latest, latest_of
from layouts.formats import known, number
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import Device
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_SHOWN: Mapping[str, str] = {"temperature": "Suhu", "humidity": "Lembap", "wind_speed": "Angin"}
_DECIMALS: Mapping[str, int] = {"humidity": 0}

Ranges = Mapping[tuple[str, str], Row]


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a station in the pack's order."""
    stations = [
        each for each in context.city.devices.values() if each.place == "station" and set(_SHOWN) & set(each.kinds)
    ]
    if not stations:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat stasiun cuaca."), None, empty=True)
    latest = latest_of(rows.get("latest_readings", ()))
    ranges = {(row["device"], row["kind"]): row for row in rows.get("station_ranges", ())}
    keys = {each.key for each in stations}
    observed = parts.newest(row["observed_at"] for (key, kind), row in latest.items() if key in keys and kind in _SHOWN)
    heads = [html.Span("Stasiun"), *(html.Span(_head(kind)) for kind in _SHOWN)]
    body = [
        html.Div(heads, className="now-row now-heads"),
        *(_row(each, latest, ranges) for each in stations),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note="kini, dan terendah–tertinggi 24 jam")


def _row(station: Device, latest: Latest, ranges: Ranges) -> html.Div:
    found = [latest[station.key, kind] for kind in _SHOWN if (station.key, kind) in latest]
    return html.Div(
        [
            html.Span(html.A(station.name, href=links.device(station)), className="name"),
            *(_cell(station, kind, latest, ranges) for kind in _SHOWN),
        ],
        id=f"weather_now-row-{station.key}",
        className="row now-row",
        **parts.ageing(parts.newest(row["observed_at"] for row in found), LATE, STALE),
    )


def _head(kind: str) -> str:
    return f"{_SHOWN[kind]}, {KINDS[kind].unit}"


def _cell(station: Device, kind: str, latest: Latest, ranges: Ranges) -> html.Div:
    key = station.key
    if kind not in station.kinds:
        return html.Div(html.Span("tidak diukur", className="sub"), className="now-cell")
    row = latest.get((key, kind))
    return html.Div(
        [
            html.Span(_head(kind), className="unseen"),
            parts.reading("weather_now", row, key, kind, classes="part", decimals=_DECIMALS.get(kind)),
            parts.text(f"weather_now-range-{key}-{kind}", _range(kind, ranges.get((key, kind))), "sub"),
        ],
        className="now-cell",
    )


def _range(kind: str, row: Row | None) -> str:
    low, high = (None, None) if row is None else (known(row["low"]), known(row["high"]))
    if low is None or high is None:
        return "24 jam: belum ada"
    decimals = _DECIMALS.get(kind, KINDS[kind].decimals)
    return f"{number(low, decimals)}–{number(high, decimals)}"


PANEL = Panel(
    key="weather_now",
    title="Cuaca di stasiun",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("station_ranges", every=30.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    fit=Fit(width=34, height=16, rows=(".row",)),
)
