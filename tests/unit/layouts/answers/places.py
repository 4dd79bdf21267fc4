"""Answers about where open cases are."""

from __future__ import annotations

from datetime import datetime, timedelta

from sensors.city import City
from tests.unit.layouts.answers import Made


def full(city: City, now: datetime) -> Made:
    """Two open cases of every service in every kelurahan, one of them where nobody said where."""
    rows = [
        {
            "service": service.key,
            "case_id": f"{service.key}-{place.code}-{role}",
            "status": next(status.key for status in service.statuses.values() if status.role == role),
            "category": next((each.key for each in service.categories.values() if each.counts), None),
            "subdistrict": place.code,
            "lat": place.point.lat if role == "working" else None,
            "lon": place.point.lon if role == "working" else None,
            "opened_at": now - timedelta(minutes=1),
        }
        for service in city.services.values()
        for place in city.subdistricts.values()
        for role in ("waiting", "working")
    ]
    return {"case_places": rows}


def spoil(rows: Made, city: City) -> None:
    """Places, services and states nobody knows, points at the other end of the world, numbers that are none."""
    first = rows["case_places"][1]
    rows["case_places"] += [
        {**first, "case_id": "a/b?c#d|e", "service": "entah"},
        {**first, "case_id": "X/1 <b>\"'|#?", "subdistrict": "99.99.99.9999"},
        {**first, "case_id": "X-2", "subdistrict": None, "lat": float("nan")},
        {**first, "case_id": "X-3", "lat": 51.5, "lon": 0.1},
        {**first, "case_id": "X-4", "status": "entah"},
        {**first, "case_id": "X-5", "category": "tidak dikenal"},
    ]
