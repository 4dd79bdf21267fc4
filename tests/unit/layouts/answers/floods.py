"""Answers about open cases of floods."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sensors.city import City

Made = dict[str, list[dict[str, Any]]]


def full(city: City, now: datetime) -> Made:
    """Two complaints and one call for help in each kecamatan."""
    opened = {"oldest_opened_at": now - timedelta(hours=1), "status_at": now - timedelta(minutes=1)}
    counts = (("laksa", 2), ("siaga-112", 1))
    return {
        "flood_cases": [
            {"service": service, "district": code, "n": n, **opened} for code in city.districts for service, n in counts
        ]
    }


def spoil(rows: Made, city: City) -> None:
    """Huge counts, a kecamatan and a service nobody knows, no times."""
    odd = {"oldest_opened_at": None, "status_at": None}
    rows["flood_cases"] = [{**row, "n": 10**12} for row in rows["flood_cases"]]
    rows["flood_cases"] += [
        {"service": "?", "district": next(iter(city.districts)), "n": None, **odd},
        {"service": "laksa", "district": "", "n": 3, **odd},
        {"service": "laksa", "district": "99.99.99", "n": 4, **odd},
    ]
