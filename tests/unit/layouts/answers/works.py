"""Answers about days, hours and what is usual: traffic, waste, lamps, water, buses, beds, the application."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from sensors.city import City
from sensors.kinds import KINDS

Made = dict[str, list[dict[str, Any]]]
DAILY = (
    "waste_tonnage", "light_energy", "lamps_lit", "bus_passengers", "app_users", "certificates_issued",
    "water_production", "visitors",
)  # fmt: skip
SO_FAR = ("waste_tonnage", "bus_passengers", "app_users", "certificates_issued", "light_energy", "visitors")
HOURLY = ("vehicle_count", "vehicle_speed", "buses_running", "water_production", "water_pressure", "beds_free")
COURSES = ("vehicle_speed", "water_production", "water_pressure", "beds_free")


def full(city: City, now: datetime) -> Made:
    """Every series with fourteen days and 24 hours near its example; speeds a tenth below what is usual."""
    today = city.calendar.local_day(now)
    series = [(device.key, kind) for device in city.devices.values() for kind in device.kinds]
    return {
        "day_totals": [
            _day(device, kind, today - timedelta(days=back))
            for device, kind in series
            if kind in DAILY
            for back in range(15)
        ],
        "hour_means": [
            {"device": device, "kind": kind, "bucket": now - timedelta(hours=back), "value": KINDS[kind].example}
            for device, kind in series
            if kind in COURSES
            for back in range(24)
        ],
        "traffic_now": [
            {"device": device, "vehicles": 2400.0, "counts": 60, "speed": KINDS[kind].example * 0.9, "speeds": 15}
            for device, kind in series
            if kind == "vehicle_speed"
        ],
        "usual_hours": [
            {"device": d, "kind": k, "days": 7, "mean": KINDS[k].example, "hourly": KINDS[k].example * 60}
            for d, k in series
            if k in HOURLY
        ],
        "usual_today": [
            {"device": d, "kind": k, "days": 7, "total": KINDS[k].example * 40} for d, k in series if k in SO_FAR
        ],
    }


def spoil(rows: Made, city: City) -> None:
    """Huge, negative and missing figures, and devices nobody placed."""
    wild = [1e300, -1e300, 0.0, None, math.nan, math.inf]
    columns = {
        "day_totals": ("total", "high"), "hour_means": ("value",), "traffic_now": ("vehicles", "speed"),
        "usual_hours": ("mean", "hourly"), "usual_today": ("total",),
    }  # fmt: skip
    for name, names in columns.items():
        rows[name] = [
            row | {column: wild[(i + j) % len(wild)] for j, column in enumerate(names)}
            for i, row in enumerate(rows[name])
        ]
        rows[name] += [
            row | {"device": "x" * 64} | ({"kind": "entah"} if "kind" in row else {}) for row in rows[name][:3]
        ]


def _day(device: str, kind: str, day: object) -> dict[str, Any]:
    value = KINDS[kind].example
    return {"device": device, "kind": kind, "day": day, "n": 90, "total": value * 90, "low": value, "high": value}
