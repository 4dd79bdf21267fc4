"""Answers about places, agencies and single cases: what the desk's pages ask."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sensors.city import City
from tests.unit.layouts.answers import Made, place_of


def full(city: City, now: datetime) -> Made:
    """Cases in every kelurahan, many late ones in one, and one case of the first service with its whole way."""
    service = next(iter(city.services.values()))
    seen, place = now - timedelta(minutes=1), place_of(city)
    waits, *_, done = service.statuses
    category = next(iter(service.categories.values()))
    head: dict[str, Any] = {
        "service": service.key,
        "status": waits,
        "category": category.key,
        "subdistrict": place,
        "agency": category.agency,
    }
    cases = [
        {**head, "case_id": f"DESK-{n}", "opened_at": now - timedelta(days=3 * n), "status_at": seen} for n in range(9)
    ]
    agency = next(iter(city.agencies))
    today = now.astimezone(city.zone).date()
    return {
        "place_cases": [_place(code, 9 if code == place else n % 2, now) for n, code in enumerate(city.subdistricts)],
        "subdistrict_open": cases,
        "subdistrict_days": [
            {"day": today - timedelta(days=28 - n), "open": 3 + n % 4, "opened": n % 3, "ended": n % 2}
            for n in range(29)
        ],
        "case_states": [
            {
                "role": role,
                "n": 40 + n,
                "overdue": 7 if n == 0 else 0,
                "oldest_opened_at": now - timedelta(days=20),
                "status_at": seen,
                "received_at": seen,
            }
            for n, role in enumerate(("waiting", "working", "done"))
        ],
        "case_one": [
            {
                **cases[1],
                "is_open": True,
                "received_at": seen,
                "priority": "tinggi",
                "channel": "aplikasi",
                "summary": "Jalan berlubang",
                "impossible_steps": 1,
                "first_action_at": now - timedelta(days=2),
            }
        ],
        "case_steps": [
            {"at": now - timedelta(days=3 - n), "received_at": seen, "status": status, "agency": category.agency}
            for n, status in enumerate((done, waits))
        ],
        "case_neighbours": [{**row, "n": 9} for row in cases],
        "agency_open": [{**row, "agency": agency} for row in cases],
        "agency_history": [{"day": today - timedelta(days=89 - n), "opened": n % 5, "ended": n % 4} for n in range(90)],
    }


def _place(code: str, late: int, now: datetime) -> dict[str, Any]:
    return {
        "subdistrict": code,
        "open": 4 + late,
        "waiting": 2,
        "overdue": late,
        "oldest_opened_at": now - timedelta(days=9),
        "late_opened_at": now - timedelta(days=9) if late else None,
        "status_at": now - timedelta(minutes=1),
    }


def spoil(rows: Made, city: City) -> None:
    """Places, services, agencies and statuses nobody knows, endless ids and words, and counts beyond all reason."""
    odd = {"service": "?", "status": "?", "category": None, "agency": None, "subdistrict": "99.99.99.9999"}
    for name in ("subdistrict_open", "agency_open", "case_neighbours"):
        rows[name] += [{**row, key: odd[key]} for row in rows[name][:2] for key in odd]
        rows[name] += [{**row, "case_id": "c" * 64} for row in rows[name][:1]]
    rows["place_cases"] += [{**rows["place_cases"][0], "subdistrict": place} for place in ("", "99.99.99.9999")]
    rows["place_cases"] = [{**row, "open": 10**12, "overdue": 10**12} for row in rows["place_cases"]]
    rows["case_states"] += [{**rows["case_states"][0], "role": "?", "n": 10**12}]
    rows["case_one"] = [
        {**rows["case_one"][0], "agency": "?", "subdistrict": None, "category": None, "summary": "s" * 2000,
         "first_action_at": None, "priority": None, "channel": None}
    ]  # fmt: skip
    rows["case_steps"] += [{**rows["case_steps"][0], "status": "?", "agency": None}]
    rows["subdistrict_days"] = [{**row, "opened": 10**9} for row in rows["subdistrict_days"]]
