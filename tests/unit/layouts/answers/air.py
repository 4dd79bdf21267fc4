"""Air, noise and the weather at the stations: a whole day of everything, then the same made hostile."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from sensors.city import City
from sensors.kinds import KINDS

Made = dict[str, list[dict[str, Any]]]
MOVED = ("temperature", "humidity", "wind_speed")


def full(city: City, now: datetime) -> Made:
    """Every pollutant, every hour and every range of the pack's stations."""
    judged = {row.pollutant for row in city.ispu}
    series = [(device.key, kind) for device in city.devices.values() for kind in device.kinds]
    hour = now.replace(minute=0, second=0, microsecond=0)
    return {
        "air_day_means": [mean(d, k, KINDS[k].example) for d, k in series if k in judged],
        "air_trend": [
            {"device": d, "bucket": hour - timedelta(hours=i), "value": 30.0 + i}
            for d, k in series
            if k == "pm25"
            for i in range(24)
        ],
        "noise_hours": [
            {"device": d, "bucket": hour - timedelta(hours=i), "level": 55.0 + i % 6, "n": 60}
            for d, k in series
            if k == "noise"
            for i in range(24)
        ],
        "station_ranges": [
            {"device": d, "kind": k, "low": KINDS[k].example - 1, "high": KINDS[k].example + 1}
            for d, k in series
            if k in MOVED
        ],
    }


def mean(device: str, kind: str, value: float, share: float = 1.0) -> dict[str, Any]:
    """A day's mean with this share of every hour's readings."""
    each = round(share * timedelta(hours=1) / KINDS[kind].expected_interval)
    return {"device": device, "kind": kind, "mean": value, "n": 24 * each, "hours": [each] * 24}


def spoil(rows: Made, city: City) -> None:
    """Make the answers hostile: figures no device gives, kinds and devices nobody knows, days of no hour."""
    wild = [1e300, -1e300, 0.0, None, math.nan, math.inf]
    odd = {"device": "x" * 64, "kind": "entah"}
    rows["air_day_means"] = [
        {**row, "mean": wild[i % 6], "n": 10**9, "hours": [10**9] * 24 if i % 2 else []}
        for i, row in enumerate(rows["air_day_means"])
    ] + [{**rows["air_day_means"][0], **odd}]
    rows["air_trend"] = [{**row, "value": wild[i % 6]} for i, row in enumerate(rows["air_trend"])]
    rows["noise_hours"] = [{**row, "level": wild[i % 6]} for i, row in enumerate(rows["noise_hours"])]
    rows["noise_hours"] += [{**row, "device": "x" * 64} for row in rows["noise_hours"][:1]]
    rows["station_ranges"] = [{**row, "low": wild[i % 6], "high": None} for i, row in enumerate(rows["station_ranges"])]
    rows["station_ranges"] += [{**rows["station_ranges"][0], **odd}]
    assert city.devices
