"""Answers to the questions of the scores: every series heard all the time, each service with its cases."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from sensors.city import City
from sensors.kinds import KINDS

Made = dict[str, list[dict[str, Any]]]
DAYS = 30


def full(city: City, now: datetime) -> Made:
    """Every device as its kind's example, a case of each category a day."""
    today = now.astimezone(city.zone).date()
    days = [today - timedelta(days=back) for back in range(1, DAYS + 1)]
    series = [(device.key, kind, KINDS[kind].example) for device in city.devices.values() for kind in device.kinds]
    return {
        "score_hours": [
            {"device": device, "kind": kind, "hours": 24, "n": 24, "total": value * 24, "high": value, "until": now}
            for device, kind, value in series
        ],
        "score_days": [
            {"device": device, "kind": kind, "days": days, "n": [24] * DAYS, "total": [value * 24] * DAYS,
             "high": [value] * DAYS}
            for device, kind, value in series
        ],
        "score_cases": [
            {"service": service.key, "category": category, "status": list(service.statuses)[-1], "opened_on": day,
             "ended_on": day, "n": 3, "opened_24h": int(day == days[0]), "ended_24h": int(day == days[0]),
             "status_at": now}
            for service in city.services.values()
            for category in service.categories
            for day in days
        ],
        "score_response": [
            {"service": "siaga-112", "category": "medis", "status": "tiba", "span": span, "n": 4, "minutes": 48.0}
            for span in (1, 7, 30)
        ],
    }  # fmt: skip


def spoil(rows: Made, city: City) -> None:
    """Figures that are missing, endless or negative, and devices, services and goods that nobody knows."""
    wild = [1e300, -1e300, 0.0, None, math.nan, math.inf]
    for number, row in enumerate(rows["score_hours"]):
        row.update(total=wild[number % 6], high=wild[(number + 1) % 6], hours=10**9)
    for number, row in enumerate(rows["score_days"]):
        row.update(total=[wild[(number + i) % 6] for i in range(DAYS)], n=[0, -1, None] * 10)
    rows["score_hours"].append({**rows["score_hours"][0], "device": "x" * 64, "kind": "entah", "until": None})
    rows["score_days"].append({**rows["score_days"][0], "days": [], "n": [], "total": [], "high": []})
    odd = {"service": "?", "category": None, "status": "?"}
    for name in ("score_cases", "score_response"):
        rows[name] += [{**row, key: value} for row in rows[name][:2] for key, value in odd.items()]
    rows["score_cases"] += [{**rows["score_cases"][0], "ended_on": None, "n": 10**12, "status_at": None}]
    rows["score_response"] += [{**rows["score_response"][0], "minutes": value} for value in (None, math.nan, -1e300)]
