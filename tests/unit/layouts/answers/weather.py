"""Answers about what BMKG expects and what shook."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from sensors.city import City

Made = dict[str, list[dict[str, Any]]]


def full(city: City, now: datetime) -> Made:
    """Eight steps for every kelurahan, the third one rainy; one quake near the city and others far away."""
    first = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    return {
        "forecast_steps": [
            forecast(code, first + timedelta(hours=3 * step), now, rain=12.0 if step == 2 else 0.0)
            for step in range(8)
            for code in city.subdistricts
        ],
        "quakes_recent": [
            quake("near", now - timedelta(hours=2), -6.95, 106.4, 5.2, felt="III Kota Tangerang, II Jakarta"),
            *(quake(f"far-{n}", now - timedelta(hours=5 + n), -8.34, 121.3, 4.0) for n in range(9)),
        ],
    }


def spoil(rows: Made, city: City) -> None:
    """Codes and words nobody knows, figures that are none, places off the map."""
    wild = [1e300, -1e300, None, math.nan, math.inf]
    rows["forecast_steps"] = [
        {**row, "temperature": wild[i % 5], "rain": wild[(i + 2) % 5], "words": (None, "w" * 80)[i % 2]}
        for i, row in enumerate(rows["forecast_steps"][:300])
    ] + [{**rows["forecast_steps"][0], "subdistrict": "99.99.99.9999", "channel": None}]
    odd = {"place": "p" * 300, "felt": "X " * 400, "potential": "t" * 300, "depth_km": 1e300, "channel": "k" * 64}
    rows["quakes_recent"] = [
        *({**row, **odd} for row in rows["quakes_recent"]),
        {**rows["quakes_recent"][0], "place": None, "felt": None, "potential": None, "depth_km": None},
        *({**rows["quakes_recent"][0], "magnitude": value} for value in wild),
        {**rows["quakes_recent"][0], "lat": None, "lon": math.nan},
    ]


def forecast(code: str, at: datetime, now: datetime, *, rain: float, words: str = "Hujan Ringan") -> dict[str, Any]:
    """One step of a kelurahan."""
    analysed = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "subdistrict": code, "valid_at": at, "analysed_at": analysed, "received_at": now, "channel": "bmkg",
        "temperature": 27.0, "rain": rain, "words": words if rain else "Cerah Berawan", "wind_speed": 9.0,
    }  # fmt: skip


def quake(
    ident: str, at: datetime, lat: float, lon: float, magnitude: float, felt: str | None = None
) -> dict[str, Any]:
    """One earthquake."""
    return {
        "id": ident, "at": at, "received_at": at, "channel": "bmkg", "lat": lat, "lon": lon, "magnitude": magnitude,
        "depth_km": 10.0, "place": "Pusat gempa berada di laut 62 km barat daya Kota Sukabumi", "felt": felt,
        "potential": "Tidak berpotensi tsunami",
    }  # fmt: skip
