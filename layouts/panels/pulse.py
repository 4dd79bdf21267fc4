"""The pulse of the city: rain, traffic, noise, street light and waste in one line, each summed or at its worst."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import html, parts
from layouts.findings.series import Latest, latest_of
from layouts.formats import NOTHING, known, number
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City
from sensors.judge.rain import judge_rain
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=30), timedelta(hours=2)
_UNITS = {"vehicle_count": ""}
"""Where the title already says what is counted."""
_KINDS = ("rain", "vehicle_count", "noise", "light_power", "waste_tonnage", "temperature")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one figure a theme."""
    latest, city = latest_of(rows.get("latest_readings", ())), context.city
    observed = parts.newest(row["observed_at"] for (_, kind), row in latest.items() if kind in _KINDS)
    figures = [
        _rain(rows, city),
        _temperature(latest, city),
        _total("vehicle_count", "Kendaraan", "simpang", latest, city),
        _highest("noise", "Bising tertinggi", latest, city),
        _light(latest, city),
        _total("waste_tonnage", "Sampah ke TPA", "timbangan", latest, city),
    ]
    return parts.frame(PANEL, figures, observed, empty=observed is None)


def _figure(key: str, title: str, figure: str, unit: str, where: str) -> html.Div:
    line = [parts.text(f"pulse-{key}", figure, "figure"), html.Span(unit, className="unit")]
    return html.Div(
        [html.H3(title), html.Div(line, className="line"), parts.text(f"pulse-{key}-where", where, "sub")],
        className="beat",
    )


def _rain(rows: Rows, city: City) -> html.Div:
    told = ((known(row["mm_1h"]), row["device"]) for row in rows.get("rain_sums", ()))
    sums = [(value, device) for value, device in told if value is not None and device in city.devices]
    if not sums:
        return _figure("rain", "Hujan 1 jam", NOTHING, "mm", "belum ada data")
    most, _ = max(sums)
    found = judge_rain(most, "hour", city.rain_classes)
    wet = sum(value > 0 for value, _ in sums)
    # The place would not fit beside the longest class; the rivers' wall names it.
    where = f"{found.word.lower()}, {wet} pos" if found else f"{wet} dari {len(sums)} pos hujan"
    return _figure("rain", "Hujan 1 jam", number(most, 1), "mm", where)


def _values(kind: str, latest: Latest, city: City) -> Sequence[tuple[float, str]]:
    return [(float(row["value"]), key) for (key, found), row in latest.items() if found == kind and key in city.devices]


def _temperature(latest: Latest, city: City) -> html.Div:
    values = sorted(value for value, _ in _values("temperature", latest, city))
    if not values:
        return _figure("temperature", "Suhu", NOTHING, "°C", "belum ada data")
    return _figure("temperature", "Suhu", number(values[len(values) // 2], 1), "°C", f"median {len(values)} stasiun")


def _total(kind: str, title: str, places: str, latest: Latest, city: City) -> html.Div:
    values, unit = _values(kind, latest, city), _UNITS.get(kind, KINDS[kind].unit)
    if not values:
        return _figure(kind, title, NOTHING, unit, "belum ada data")
    minutes = KINDS[kind].expected_interval.total_seconds() / 60
    total = number(sum(value for value, _ in values), min(KINDS[kind].decimals, 1))
    return _figure(kind, title, total, unit, f"{len(values)} {places} · {number(minutes)} mnt")


def _highest(kind: str, title: str, latest: Latest, city: City) -> html.Div:
    values = _values(kind, latest, city)
    if not values:
        return _figure(kind, title, NOTHING, KINDS[kind].unit, "belum ada data")
    most, device = max(values)
    return _figure(kind, title, number(most), KINDS[kind].unit, city.devices[device].name)


def _light(latest: Latest, city: City) -> html.Div:
    values = _values("light_power", latest, city)
    if not values:
        return _figure("light_power", "Lampu jalan", NOTHING, "kW", "belum ada data")
    total = number(sum(value for value, _ in values) / 1000, 1)
    return _figure("light_power", "Lampu jalan", total, "kW", f"{len(values)} panel")


PANEL = Panel(
    key="pulse",
    title="Denyut kota",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("rain_sums", every=10.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    fit=Fit(width=8, height=27, tall=27, broad=(36, 12.5), rows=(".beat",)),
)
