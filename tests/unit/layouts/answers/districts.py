"""Answers about one kecamatan."""

from __future__ import annotations

from datetime import datetime, timedelta

from sensors.city import City
from tests.unit.layouts.answers import Made


def full(city: City, now: datetime) -> Made:
    """Open cases of every service in every kelurahan of the first kecamatan."""
    seen = now - timedelta(minutes=1)
    code = next(iter(city.districts))
    rows = [
        {
            "service": service.key,
            "subdistrict": place.code,
            "category": category.key,
            "status": next(iter(service.statuses)),
            "n": 2,
            "oldest_opened_at": now - timedelta(days=3),
            "newest_status_at": seen,
        }
        for place in city.subdistricts.values()
        if place.district == code
        for service in city.services.values()
        for category in list(service.categories.values())[:2]
    ]
    return {"district_cases": rows}


def spoil(rows: Made, city: City) -> None:
    """Places, services and categories nobody knows, and more cases than anybody has seen."""
    rows["district_cases"] += [
        {**rows["district_cases"][0], "service": "entah"},
        {**rows["district_cases"][0], "subdistrict": "99.99.99.9999", "n": 10**9},
        {**rows["district_cases"][0], "category": None},
        {**rows["district_cases"][0], "status": "entah"},
    ]
