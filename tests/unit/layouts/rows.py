"""Rows as the store answers them, made up from the pack: one full set, and the same made hostile."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from layouts.options import OPTIONS
from sensors.city import City
from sensors.kinds import KINDS
from tests.unit.layouts import answers

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
Made = dict[str, list[dict[str, Any]]]


def chosen(city: City) -> dict[str, str]:
    """A choice for every option there is, as a page's address would say it."""
    said = {
        option.key: option.default or next(iter(option.known(city))) if option.known else option.default or ""
        for option in OPTIONS.values()
    }
    return said | {"subdistrict": answers.place_of(city)}


def full(city: City, now: datetime = NOW) -> Made:
    """Every question answered for every device, market and commodity of the pack."""
    seen = now - timedelta(seconds=30)
    readings = [
        {"device": d.key, "kind": k, "value": KINDS[k].example, "observed_at": seen, "received_at": seen}
        for d in city.devices.values()
        for k in d.kinds
    ]
    gauges = [d.key for d in city.devices.values() if "water_level" in d.kinds]
    rain = [d.key for d in city.devices.values() if "rain" in d.kinds]
    today = now.astimezone(city.zone).date()
    return {
        "latest_readings": readings,
        "unplaced_readings": [{**_reading("baru-1", "pm25", 12.5, seen), "devices_total": 1}],
        "gauge_trend": [
            {"device": d, "bucket": now - timedelta(minutes=15 * i), "value": 200.0 - i, "n": 15}
            for d in gauges
            for i in range(48)
        ],
        "rain_sums": [
            {"device": d, "mm_1h": 2.5, "mm_24h": 20.0, "n_1h": 12, "n_24h": 280, "newest": seen} for d in rain
        ],
        "price_board": [
            _price(market, goods.key, goods.unit, seen)
            for market in city.markets
            for goods in city.commodities.values()
        ],
        "price_trend": [
            {"commodity": goods.key, "unit": goods.unit, "day": today - timedelta(days=i), "price": 13_400.0}
            for goods in city.commodities.values()
            for i in range(14)
        ],
        "case_counts": [
            _count(status, district, now) for status in city.services["laksa"].statuses for district in city.districts
        ],
        "case_days": [{"day": today - timedelta(days=13 - i), "opened": 30 + i, "finished": 28} for i in range(14)],
        "recent_cases": [_case(i, now) for i in range(8)],
        "open_cases": [{**_case(i, now), "status": ("menunggu", "proses")[i % 2]} for i in range(40)],
        "open_case_points": [
            {**_case(i, now), "lat": s.point.lat, "lon": s.point.lon} for i, s in enumerate(city.subdistricts.values())
        ],
        **services(city, now),
        **answers.full(city, now),
        "feeds": _feeds(seen),
        "components": [
            _worker(now),
            {
                **_worker(now),
                "name": "maintenance",
                "instance": "maintenance-0",
                "state": {"broker": "connected", "broker_version": "mosquitto 2.0.21", "dropped": 3, "clients": 12},
            },
        ],
        "device_status": [],
        "bulletins_now": [_bulletin("siaga", now), _bulletin("waspada", now), _bulletin("info", now)],
        "bulletin_last": [{"channel": "bmkg", "source": "BMKG", "issued_at": now, "received_at": now}],
    }


def hostile(city: City) -> Made:
    """Long names, huge, negative and missing figures, codes nobody knows, points far away."""
    rows = full(city)
    wild = [1e300, -1e300, 0.0, None, math.nan, math.inf]
    for name, column in (("latest_readings", "value"), ("gauge_trend", "value")):
        rows[name] = [{**row, column: wild[i % len(wild)]} for i, row in enumerate(rows[name])]
    rows["latest_readings"] += [_reading("x" * 64, "pm25", 1.0, NOW), _reading("baru", "entah", 1.0, NOW)]
    rows["rain_sums"] += [{"device": "x" * 64, "mm_1h": None, "mm_24h": None}]
    rows["price_board"] = [{**row, "price": Decimal("99999999.99")} for row in rows["price_board"]]
    rows["recent_cases"] = [
        {**row, "status": "s" * 40, "category": None, "subdistrict": "99", "agency": "?", "case_id": "c" * 200}
        for row in rows["recent_cases"]
    ]
    rows["open_cases"] = [
        {**row, "case_id": "d" * 200, "agency": None, "opened_at": NOW - timedelta(days=900 * number)}
        for number, row in enumerate(rows["open_cases"])
    ] + [{**rows["open_cases"][0], "service": "?", "category": None}, {**rows["open_cases"][0], "status": "?"}]
    rows["case_counts"] += [
        {**row, "agency": None, "district": None, "category": None, "n": 10**12} for row in rows["case_counts"]
    ]
    rows["open_case_points"] += [
        {**rows["open_case_points"][0], "lat": lat, "lon": lon}
        for lat, lon in ((None, None), (89.0, 179.0), (math.nan, 0.0))
    ]
    for name in ("service_counts", "service_days", "service_open", "service_recent", "service_steps"):
        odd = {"service": "?", "status": "?", "category": None, "subdistrict": "99"}
        rows[name] += [{**row, key: odd[key]} for row in rows[name][:2] for key in odd.keys() & row.keys()]
    rows["service_counts"] = [{**row, "open": 10**12, "opened_today": 10**12} for row in rows["service_counts"]]
    rows["service_recent"] = [{**row, "case_id": "c" * 200, "category": "k" * 64} for row in rows["service_recent"]]
    rows["feeds"] = [{**row, "last": None, "stored": 10**15} for row in rows["feeds"]]
    rows["components"] = [{**_worker(NOW), "state": None}, {**_worker(NOW), "state": {"queue": 0, "behind": 2520}}]
    rows["bulletins_now"] = [
        {**_bulletin("awas", NOW), "title": "j " * 150, "areas": areas, "area_words": words, "source": None,
         "onset_at": None, "expires_at": None, "channel": "k" * 64}
        for areas, words in ((["99.99.99"], None), ([], "w " * 500), ([], None), (["36"], ""))
    ]  # fmt: skip
    answers.spoil(rows, city)
    rows["unplaced_readings"] = [{**_reading("y" * 64, "entah", 1e300, NOW), "devices_total": 10_000}] * 4
    return rows


def services(city: City, now: datetime) -> Made:
    """Every service asked about: in each category one case that waits, and one of today's that went all the way."""
    found: Made = {f"service_{name}": [] for name in ("counts", "days", "open", "recent", "steps")}
    for service in city.services.values():
        for category in service.categories:
            opened = now - timedelta(minutes=25)
            head = {"service": service.key, "category": category, "opened_at": opened}
            first, *others = service.statuses
            place = {"subdistrict": "36.71.07.1004", "case_id": f"{service.key}-{category}"}
            count = {"service": service.key, "category": category, "status_at": now, "opened_today": 1}
            waits = {"status": first, "open": 1, "ended_today": 0, "oldest_opened_at": opened}
            ended = {"status": others[-1], "open": 0, "ended_today": 1, "oldest_opened_at": None}
            found["service_counts"] += [{**count, **waits}, {**count, **ended}]
            found["service_days"].append(
                {
                    "service": service.key,
                    "category": category,
                    "day": now.astimezone(city.zone).date(),
                    "opened": 2,
                }
            )
            found["service_open"].append(
                {**head, **place, "agency": service.categories[category].agency, "status": first, "status_at": opened}
            )
            found["service_recent"].append({**head, **place, "status": first, "status_at": opened})
            found["service_steps"] += [
                {
                    **head,
                    "case_id": f"{service.key}-{category}-0",
                    "status": status,
                    "at": opened + timedelta(minutes=4 * i),
                }
                for i, status in enumerate(service.statuses)
            ]
    return found


def _reading(device: str, kind: str, value: float, at: datetime) -> dict[str, Any]:
    return {"device": device, "kind": kind, "value": value, "observed_at": at, "received_at": at}


def _price(market: str, commodity: str, unit: str, at: datetime) -> dict[str, Any]:
    return {
        "market": market,
        "commodity": commodity,
        "price": Decimal(13_400),
        "unit": unit,
        "observed_at": at,
        "previous": Decimal(13_000),
        "previous_at": at - timedelta(days=1),
    }


def _count(status: str, district: str, now: datetime) -> dict[str, Any]:
    opened = now - timedelta(days=2)
    return {
        "status": status,
        "agency": "dishub",
        "category": "pju",
        "district": district,
        "n": 2,
        "oldest_opened_at": opened,
    }


def _case(number: int, now: datetime) -> dict[str, Any]:
    return {
        "service": "laksa",
        "case_id": f"LAKSA-2026-{number:06d}",
        "status": ("menunggu", "proses", "selesai")[number % 3],
        "status_at": now - timedelta(minutes=number),
        "opened_at": now - timedelta(hours=number + 1),
        "category": "pju",
        "subdistrict": "36.71.07.1004",
        "agency": "dishub",
        "summary": "Lampu jalan padam",
    }


def _feeds(at: datetime) -> list[dict[str, Any]]:
    last: dict[str, dict[str, Any]] = {
        "readings": {"device": "belum-dikenal", "kind": "pm25", "value": 41.5, "observed_at": at.isoformat()},
        "prices": {"market": "pasar-baru-sekali", "commodity": "beras-medium", "price": 13_400, "unit": "kg"},
        "cases": {"service": "laksa", "case_id": "LAKSA-2026-000123", "status": "menunggu"},
    }
    counts = {"messages": 12, "stored": 10, "duplicates": 1, "skipped": 0, "rejected": 1}
    return [
        {"stream": stream, **counts, "last_received_at": at, "last_observed_at": at, "last": item}
        for stream, item in last.items()
    ]


def _bulletin(severity: str, now: datetime) -> dict[str, Any]:
    return {
        "channel": "bmkg",
        "id": f"contoh-{severity}",
        "title": "Hujan lebat disertai petir",
        "severity": severity,
        "areas": ["36.71.04", "36.71.05"],
        "area_words": "Benda, Cipondoh",
        "source": "BMKG",
        "url": None,
        "issued_at": now - timedelta(minutes=5),
        "onset_at": now,
        "expires_at": now + timedelta(hours=3),
        "received_at": now,
    }


def _worker(now: datetime) -> dict[str, Any]:
    state = {"broker": "connected", "queue": 0}
    return {
        "name": "ingest",
        "instance": "ingest-0",
        "started_at": now,
        "beat_at": now,
        "state": state,
        "beats": True,
    }
