"""Alarms of every rule of the pack, in every state."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from sensors.city import City
from tests.alarm_life import life
from tests.unit.layouts.answers import Made

STATES: tuple[dict[str, Any], ...] = (
    {}, {"acknowledged_by": "operator-1"}, {"ended_at": timedelta(minutes=-1)}, {"shelved_until": timedelta(hours=1)},
    {"assigned_to": "dpupr", "acknowledged_by": "operator-2"},
)  # fmt: skip

ENGINE = 4
WORDS = ("raised", "ended", "reopened", "withdrawn", "acknowledged", "assigned", "noted", "shelved", "unshelved",
         "resolved", "reviewed", "escalated")  # fmt: skip


NOTES = {"noted": "Pompa menyala", "escalated": "operator-2"}
"""What is written beside a step; of one passed on, whose turn it is."""


def full(city: City, now: datetime) -> Made:
    """One alarm a rule, at devices in turn, and six minutes in which some came."""
    devices = list(city.devices.values())
    found = [
        alarm(number, key, devices[number % len(devices)].key, city, now, **_at(STATES[number % len(STATES)], now))
        for number, key in enumerate(city.alarm_rules)
    ]
    raised = found[0]["raised_at"]
    return {
        "alarms_now": found,
        "alarm_list": found,
        "alarm_one": [found[0]],
        "alarm_kin": [{**row, "id": 500 + row["id"]} for row in found[1:4]],
        "alarm_before": [{**row, "id": 700 + row["id"]} for row in found[4:16]],
        "alarm_engine": [{"beat_at": now - timedelta(seconds=2)}],
        "alarm_counts": [{"wanting": 9, "fresh": 4, "acknowledged": 5, "shelved": 2, "resolved": 1}],
        "alarm_log": [_step(number, word, raised) for number, word in enumerate(WORDS)],
        "alarm_course": [
            {
                "bucket": raised - timedelta(minutes=minute),
                "n": 2,
                "total": 400.0 + minute,
                "low": 195.0 + minute / 2,
                "high": 210.0 + minute / 2,
            }
            for minute in range(120, 0, -1)
        ],
        "alarm_reading": [{"value": 470.0, "observed_at": now - timedelta(seconds=20)}],
        "alarm_rule_figures": [
            {
                "rule": key,
                "priority": rule.priority,
                "n": 40 - number,
                "n_24h": number % 4,
                "sources": 3,
                "acknowledged_after": 75.0 * number if number else None,
                "ended_after": 1800.0,
                "unseen": number,
                "standing": number % 2,
                "most_a_minute": 1 + number % 4,
                "known_at": now - timedelta(minutes=number),
            }
            for number, (key, rule) in enumerate(city.alarm_rules.items())
        ],
        "alarm_tens": [
            {"bucket": now - timedelta(minutes=10 * back), "n": 30 if back == 5 else 2} for back in range(9)
        ],
        "alarm_minutes": [{"minute": now - timedelta(minutes=minute), "n": 1} for minute in range(6)],
    }


def alarm(number: int, rule: str, device: str, city: City, now: datetime, **state: object) -> dict[str, Any]:
    """One that holds and that nobody has seen, but for what `state` says otherwise."""
    told, place = city.alarm_rules[rule], city.devices[device]
    kind = place.kinds[0]
    raised = now - timedelta(minutes=3 + number)
    made = {
        "id": number + 1, "rule": rule, "priority": told.priority, "source": f"{device}/{kind}", "name": place.name,
        "cause": device, "agency": told.agency or place.agency, "district": place.district,
        "subdistrict": place.subdistrict, "lat": place.point.lat, "lon": place.point.lon, "device": device,
        "kind": kind, "value": 10.0, "worst": 12.5, "bound": 9.0, "detail": "", "raised_at": raised,
        "known_at": raised + timedelta(seconds=1), "ended_at": None, "flaps": number % 3, "acknowledged_at": None,
        "acknowledged_by": None, "assigned_to": None, "shelved_until": None, "resolved_at": None, "resolved_by": None,
        "reviewed_at": None, "withdrawn": False, "escalated": 0, **state,
    }  # fmt: skip
    return made | {"life": life(made, now)}


def _step(number: int, step: str, raised: datetime) -> dict[str, Any]:
    until = raised + timedelta(hours=1) if step == "shelved" else None
    return {
        "id": number, "at": raised + timedelta(seconds=number), "step": step,
        "actor": "engine" if number < ENGINE else "operator-1", "note": NOTES.get(step, ""),
        "agency": "dpupr" if step == "assigned" else None, "until": until,
    }  # fmt: skip


def _at(state: dict[str, Any], now: datetime) -> dict[str, Any]:
    seen = {"acknowledged_at": now - timedelta(minutes=1)} if "acknowledged_by" in state else {}
    return seen | {name: now + value if isinstance(value, timedelta) else value for name, value in state.items()}


def spoil(rows: Made, city: City) -> None:
    """Rules and places nobody knows, endless names, figures no device gives, and more than any list shows."""
    wild = {"rule": "entah", "name": "N" * 400, "detail": "d " * 300, "district": "99.99.99", "agency": "entah",
            "kind": "entah", "device": "entah", "value": None, "worst": math.nan, "bound": 1e300}  # fmt: skip
    rows["alarms_now"] += [
        {**row, **wild, "id": 1000 * turn + row["id"], "cause": f"x-{turn}"}
        for turn in range(1, 9)
        for row in rows["alarms_now"]
    ]
    rows["alarm_rule_figures"] += [
        {**row, "rule": "entah", "n": 10**9, "acknowledged_after": math.nan, "ended_after": None, "sources": 10**9}
        for row in rows["alarm_rule_figures"][:1]
    ]
    rows["alarm_list"] = [*rows["alarms_now"], *({**rows["alarms_now"][0], "id": 10**17 + n} for n in range(501))]
    rows["alarm_one"] = [{**rows["alarm_one"][0], **wild, "withdrawn": True}]
    rows["alarm_kin"] = [{**row, **wild} for row in rows["alarm_kin"]]
    rows["alarm_before"] = [{**row, **wild} for row in rows["alarm_before"]]
    rows["alarm_log"] += [
        {**row, "id": 100 + row["id"], "step": "entah", "actor": "a" * 64, "note": "c " * 150, "agency": "entah"}
        for row in rows["alarm_log"]
    ]
    rows["alarm_course"] = [{**row, "total": math.nan} for row in rows["alarm_course"]]
    rows["alarm_reading"] = [{**rows["alarm_reading"][0], "value": math.nan}]
    rows["alarm_minutes"] = [{**row, "n": 10**6} for row in rows["alarm_minutes"]]
    assert city.alarm_rules
