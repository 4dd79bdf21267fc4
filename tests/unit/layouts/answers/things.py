"""Answers about single devices: their courses, what is usual there, how whole their day was, and who never spoke."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from sensors.city import City
from sensors.kinds import KINDS

Made = dict[str, list[dict[str, Any]]]
FIVE = timedelta(minutes=5)


def full(city: City, now: datetime) -> Made:
    """A day of everything in steps of five minutes, with an hour of silence, and two devices nobody placed."""
    seen = now - timedelta(seconds=30)
    known = {"observed_at": seen, "received_at": seen, "minutes": 0}
    device = {"first_seen_at": now - timedelta(days=3), "status": "online", "status_at": seen}
    kinds = sorted({kind for place in city.devices.values() for kind in place.kinds})
    told = [(place.key, kind) for place in city.devices.values() for kind in place.kinds]
    told += [("baru-1", "pm25"), ("baru-2", "water_level")]
    return {
        "series_course": [
            point(kind, now - FIVE * back, KINDS[kind].example + back % 12, seen)
            for kind in kinds
            for back in range(1, 288)
            if not 60 <= back < 72
        ],
        "series_usual": [
            {"kind": kind, "hour": hour, "days": 14, "low": mean - 1, "middle": mean, "high": mean + 1}
            for kind in kinds
            for hour in range(24)
            for mean in [KINDS[kind].example]
        ],
        "series_extremes": [
            {"kind": kind, "high": KINDS[kind].example + 9, "high_at": now - timedelta(days=4),
             "low": KINDS[kind].example - 9, "low_at": now - timedelta(days=5), "days": 30}
            for kind in kinds
        ],
        "rain_course": [
            {"device": place.key, "bucket": now - timedelta(hours=back), "mm": 2.5 * (back % 3)}
            for place in city.devices.values()
            if "rain" in place.kinds
            for back in range(1, 24)
        ],
        "price_course": [
            {"market": market, "unit": goods.unit, "day": (now - timedelta(days=back)).date(), "price": 13_000 + back,
             "observed_at": seen}
            for goods in list(city.commodities.values())[:1]
            for market in city.markets
            for back in range(30)
        ],
        "rejected_reasons": [
            {"reason": "bad-json", "stream": stream, "times": 7, "times_24h": 2, "received_at": seen,
             "topic": f"tangerang/{stream}/x", "detail": "found '{', expected JSON"}
            for stream in ("readings", "prices", "entah")
        ],
        "rejected_messages": [refused(number, seen) for number in range(3)],
        "retry_state": [{"beats": True, "reason": "bad-json", "requested_at": seen, "done_at": seen,
                         "understood": 3, "kept": 2, "failed": None}],
        "device_list": [{"device": key, "kind": kind, "value": KINDS[kind].example, **known, **device}
                        for key, kind in told],
        "device_hours": [{"device": key, "kind": kind, "hours": [60] * 24} for key, kind in told],
        "network_device": [{"network": "chirpstack", "address": "a840419edb62011c", "profile": "Dragino LHT65N",
                            "label": "sensor0", "counter": 12_345, "lost": 3, "battery": 87.4, "last_seen_at": seen,
                            "device_line": "chirpstack,a840419edb62011c,?",
                            "field_lines": [f"chirpstack,Dragino LHT65N,{x},?,1,?" for x in ("BatV", "ILL_lx")]}],
        "device_doubts": [{"kind": next(iter(city.devices.values())).kinds[0], "doubt": doubt, "n": n,
                           "observed_at": seen} for doubt, n in (("stuck", 12), ("leap", 3), ("neighbours", 1))],
        "device_delays": [{"n": 60, "shortest": -12.5, "middle": 0.7, "longest": 86_000.0}],
        "maintenance_now": [{"device": key, "starts_at": seen, "ends_at": now + timedelta(hours=2),
                             "reason": "ganti sensor"} for key in list(city.devices)[:2]],
        "device_now": [{"kind": kind, "value": KINDS[kind].example, **known, **device}
                       for kind in next(iter(city.devices.values())).kinds],
    }  # fmt: skip


def point(kind: str, at: datetime, value: float, seen: datetime) -> dict[str, Any]:
    """One step of a course."""
    ends = {"low": value - 1, "high": value + 1}
    return {"kind": kind, "bucket": at, "n": 5, "total": 5 * value, "observed_at": seen, **ends}


def refused(number: int, seen: datetime, payload: bytes = b'{"observed_at":"kemarin"}') -> dict[str, Any]:
    """One message that was put aside."""
    return {
        "id": number,
        "topic": "tangerang/readings/x",
        "reason": "bad-time",
        "detail": "observed_at: found 'kemarin', expected a time",
        "times": 1 + number,
        "first_received_at": seen - timedelta(hours=2),
        "received_at": seen,
        "payload_bytes": len(payload),
        "kept_bytes": len(payload),
        "payload": payload,
        "messages": 3,
    }


def spoil(rows: Made, city: City) -> None:
    """Figures no device gives, kinds nobody knows, devices that only said that they are there, names without end."""
    wild = [1e300, -1e300, 0.0, None, math.nan, math.inf]
    for name, columns in (
        ("series_course", ("total", "low", "high")),
        ("series_usual", ("low", "middle", "high")),
        ("series_extremes", ("high", "low")),
        ("rain_course", ("mm",)),
        ("device_list", ("value",)),
        ("device_now", ("value",)),
        ("network_device", ("battery",)),
        ("device_delays", ("shortest", "middle", "longest")),
        ("price_course", ("price",)),
    ):
        rows[name] = [
            row | {column: wild[(i + j) % len(wild)] for j, column in enumerate(columns)}
            for i, row in enumerate(rows[name])
        ]
        rows[name] += [row | {"kind": "entah"} for row in rows[name][:1] if "kind" in row]
    silent = {"kind": None, "value": None, "observed_at": None, "received_at": None, "minutes": None}
    rows["device_list"] += [rows["device_list"][0] | silent | {"device": "y" * 64}]
    rows["rejected_reasons"] = [
        row | {"reason": "r" * 99, "topic": "t" * 999, "detail": "d" * 999, "times": 10**15}
        for row in rows["rejected_reasons"] * 4
    ]
    rows["rejected_messages"] = [
        refused(number, rows["rejected_messages"][0]["received_at"], payload)
        | {
            "reason": "r" * 99,
            "topic": "t\u202e" * 500,
            "detail": "<b>d</b>" * 250,
            "messages": 10**12,
            "times": 10**15,
        }
        | {"payload_bytes": 10**9}
        for number, payload in enumerate((b"", bytes(range(256)), b"\n" * 2400, b"<script>" * 300, b"{" + b"\xf0\x9f"))
    ]
    rows["retry_state"] = [rows["retry_state"][0] | {"beats": False, "failed": "f" * 999, "understood": None}]
    rows["price_course"] += [row | {"unit": "karung", "market": "entah"} for row in rows["price_course"][:1]]
    rows["device_hours"] = [row | {"hours": [10**9] * 25} for row in rows["device_hours"]]
    assert city.devices
