"""What a shift hands over, what a report of an incident tells, and what changed at alarms."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from sensors.city import City
from tests.unit.layouts.answers import Made
from tests.unit.layouts.answers.alarms import NOTES, WORDS, alarm

HOUR = timedelta(hours=1)


def full(city: City, now: datetime) -> Made:
    """Two notes, steps of every sort, and a day in which a river rose to its worst step and came back."""
    devices = list(city.devices.values())
    rules = list(city.alarm_rules)
    alarms = [
        alarm(number, rule, devices[number % len(devices)].key, city, now)
        | {"raised_at": now - HOUR * (1 + number % 20), "known_at": now - HOUR * (1 + number % 20)}
        | ({"ended_at": now - HOUR / 2, "acknowledged_at": now - HOUR / 2, "acknowledged_by": "operator-1"}
           if number % 2 else {})
        for number, rule in enumerate(rules * 3)
    ]  # fmt: skip
    steps = [_step(number, word, now) for number, word in enumerate(WORDS)]
    gauges = [device for device in devices if "water_level" in device.kinds]
    return {
        "handovers": [_note(1, now, accepted=True), _note(2, now, accepted=False)],
        "shift_steps": steps,
        "step_changes": steps,
        "record_readings": [
            {"device": gauges[0].key, "kind": "water_level", "high": 512.0, "at": now - HOUR, "before": 480.0,
             "days": 28}
        ],
        "incident_alarms": alarms,
        "incident_steps": [step for step in steps if step["actor"] != "engine" or step["step"] == "escalated"],
        "incident_courses": [*_levels(gauges, now), *_rain(devices, now)],
        "incident_cases": [
            {"service": service.key, "category": category, "bucket": now - HOUR * (number % 20), "opened": 3,
             "ended": 1}
            for service in city.services.values()
            for number, category in enumerate([*service.categories, ""])
        ],
        "incident_places": [
            {"service": "laksa", "case_id": f"L-{code}", "status": "menunggu", "category": "banjir",
             "subdistrict": code, "lat": place.point.lat if number % 2 else None,
             "lon": place.point.lon if number % 2 else None,
             "opened_at": now - HOUR}
            for number, (code, place) in enumerate(city.subdistricts.items())
        ],
        "incident_bulletins": [_warning(severity, now) for severity in ("waspada", "siaga", "awas")],
        "incident_windows": [
            {"device": gauges[-1].key, "starts_at": now - 3 * HOUR, "ends_at": now - HOUR, "reason": "Ganti baterai"}
        ],
    }  # fmt: skip


def _note(number: int, now: datetime, *, accepted: bool) -> dict[str, Any]:
    began = now - 9 * HOUR
    return {
        "id": number, "written_at": now - HOUR, "written_by": "operator-1", "shift": "pagi", "shift_began_at": began,
        "shift_ends_at": began + 8 * HOUR, "note": "Pompa 2 masih menyala\nTunggu kabar dari BPBD",
        "accepted_at": now - HOUR / 2 if accepted else None, "accepted_by": "pengawas" if accepted else None,
    }  # fmt: skip


def _step(number: int, word: str, now: datetime) -> dict[str, Any]:
    machine = word in {"raised", "ended", "reopened", "withdrawn", "escalated"}
    return {
        "id": number, "alarm_id": 1 + number, "at": now - timedelta(minutes=90 - number), "step": word,
        "actor": "engine" if machine else "operator-2", "note": NOTES.get(word, ""),
        "agency": "dpupr" if word == "assigned" else None, "until": now + HOUR if word == "shelved" else None,
        "rule": "siaga-1", "priority": "high", "name": "Pintu Air 10", "device": "gauge-pintu-air-10",
        "district": "36.71.07",
    }  # fmt: skip


def _levels(gauges: list[Any], now: datetime) -> list[dict[str, Any]]:
    steps = [60 + 20 * abs(12 - abs(12 - hour)) for hour in range(24)]
    return [
        {"device": gauge.key, "kind": "water_level", "bucket": now - timedelta(hours=24 - hour), "n": 60,
         "total": 60.0 * (base + shift), "low": base + shift - 2.0, "high": base + shift + 2.0,
         "high_at": now - timedelta(hours=24 - hour) + timedelta(minutes=7)}
        for shift, gauge in enumerate(gauges)
        for hour, base in enumerate(steps)
    ]  # fmt: skip


def _rain(devices: list[Any], now: datetime) -> list[dict[str, Any]]:
    return [
        {"device": device.key, "kind": "rain", "bucket": now - HOUR * hour, "n": 12, "total": 6.0 if hour < 5 else 0.0,
         "low": 0.0, "high": 1.5, "high_at": now - HOUR * hour}
        for device in devices if "rain" in device.kinds
        for hour in range(1, 24)
    ]  # fmt: skip


def _warning(severity: str, now: datetime) -> dict[str, Any]:
    return {
        "channel": "bmkg", "id": f"lalu-{severity}", "title": "Hujan lebat disertai petir", "severity": severity,
        "areas": ["36.71.04"], "area_words": "Benda", "source": "BMKG", "issued_at": now - 3 * HOUR, "onset_at": None,
        "expires_at": now - HOUR, "ended_at": now - HOUR, "followed": "cancel" if severity == "awas" else None,
    }  # fmt: skip


def spoil(rows: Made, city: City) -> None:
    """Positions, rules, devices and categories nobody knows, endless words, and figures no device gives."""
    wild = {"rule": "entah", "name": "N" * 400, "device": "entah", "district": "99.99.99", "agency": "entah"}
    rows["handovers"] = [
        {**row, "written_by": "a" * 64, "shift": "entah", "note": "x" * 2000, "id": 10 + row["id"]}
        for row in rows["handovers"]
    ]
    for name in ("shift_steps", "step_changes", "incident_steps"):
        spoilt = [{**row, **wild, "id": 100 + row["id"], "actor": "b" * 64, "step": "entah"} for row in rows[name]]
        rows[name] = [*rows[name], *spoilt]
    rows["step_changes"] += [{**rows["step_changes"][0], "id": 1000 + n, "alarm_id": n} for n in range(200)]
    rows["record_readings"] += [{**rows["record_readings"][0], "device": "entah"}]
    rows["record_readings"][0] |= {"high": 1e300, "before": math.nan}
    rows["incident_alarms"] += [
        {
            **row,
            **wild,
            "id": 5000 + row["id"],
            "lat": math.nan,
            "lon": 500.0,
            "worst": 1e300,
            "source": f"s{row['id']}",
        }
        for row in rows["incident_alarms"]
    ]
    rows["incident_courses"] = [
        {**row, "high": (1e300, math.nan, -1e300)[n % 3], "total": math.inf if n % 5 else row["total"]}
        for n, row in enumerate(rows["incident_courses"])
    ] + [{**rows["incident_courses"][0], "device": "entah", "kind": "entah"}]
    rows["incident_cases"] += [
        {**rows["incident_cases"][0], "service": "?"},
        {**rows["incident_cases"][0], "category": "k" * 64, "opened": 10**12},
    ]
    rows["incident_places"] += [
        {**rows["incident_places"][0], "lat": lat, "lon": lon, "subdistrict": "99"}
        for lat, lon in ((None, None), (89.0, 179.0), (math.nan, 0.0))
    ]
    rows["incident_bulletins"] = [
        {**row, "title": "j " * 150, "areas": [], "area_words": None, "channel": "k" * 64}
        for row in rows["incident_bulletins"]
    ]
    rows["incident_windows"] += [{**rows["incident_windows"][0], "device": "entah"}]
    assert city.alarm_rules
