"""Answers about agencies, and about cases whose steps or totals cannot be right."""

from __future__ import annotations

from datetime import datetime, timedelta

from sensors.city import City
from tests.unit.layouts.answers import Made

LONG = "OPD " * 16


def full(city: City, now: datetime) -> Made:
    """Every category of every service with cases that are done and such that wait, and three flagged ones."""
    today = now.astimezone(city.zone).date()
    times, days = [], []
    for service in city.services.values():
        first, *_ = service.statuses
        done = next(key for key, status in service.statuses.items() if status.role == "done")
        for category in service.categories.values():
            head = {"service": service.key, "agency": category.agency, "category": category.key}
            seen = {**head, "status_at": now - timedelta(minutes=1)}
            times += [
                {
                    **seen,
                    "status": done,
                    "opened": 3,
                    "acted_after": [60, 600, 6000],
                    "ended_after": [3600, 7200, 90_000],
                },
                {**seen, "status": first, "opened": 2, "acted_after": [], "ended_after": []},
            ]
            days += [{**head, "day": today - timedelta(days=n), "opened": 3, "ended": n % 4} for n in range(14)]
    flags = [
        {
            "service": "siaga-112",
            "case_id": f"112-2026-{n:06d}",
            "status": "tiba",
            "status_at": now - timedelta(hours=n + 1),
            "agency": "bpbd",
            "impossible_steps": 1,
            "n": 9,
            "statuses": ["diterima", "tiba"],
        }
        for n in range(3)
    ]
    return {"agency_times": times, "agency_days": days, "case_flags": flags}


def spoil(rows: Made, city: City) -> None:
    """Unknown services, agencies and statuses, no arrays, endless names, years of waiting, and another course."""
    odd = {"service": "?", "agency": LONG, "category": "?", "status": "?"}
    for name in ("agency_times", "agency_days", "service_open"):
        rows[name] += [
            {**row, key: odd[key]} for row in rows[name][: len(city.services)] for key in odd.keys() & row.keys()
        ]
        rows[name] += [{**row, "agency": None, "category": None} for row in rows[name][:2]]
    rows["agency_times"] = [{**row, "acted_after": [-5, 10**12], "opened": 10**12} for row in rows["agency_times"]]
    rows["agency_days"] = [{**row, "opened": 10**12} for row in rows["agency_days"]]
    rows["service_open"] += [{**row, "case_id": "c" * 200, "subdistrict": "99"} for row in rows["service_open"][:3]]
    rows["case_flags"] = [
        {**row, "case_id": "c" * 200, "agency": LONG, "n": 10**15, "statuses": statuses}
        for row in rows["case_flags"]
        for statuses in ([], None, ["?", "tiba"], ["selesai", "k" * 64], ["tiba"])
    ] + [{**rows["case_flags"][0], "service": "?"}]
