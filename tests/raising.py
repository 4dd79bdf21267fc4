"""Alarms in a database as the engine leaves them, for the tests of what people then do."""

from __future__ import annotations

from datetime import datetime, timedelta

import psycopg

from data.writes import statement
from sensors.alarm import source_of
from tests.pack import CITY


def raise_alarm(
    url: str, rule: str, device: str, raised_at: datetime, ended_at: datetime | None = None, value: float = 512.0
) -> int:
    """One alarm at a device of the pack; return its id."""
    place = CITY.devices[device]
    told, source = CITY.alarm_rules[rule], source_of(place, place.kinds[0])
    facts = {
        "rule": rule, "priority": told.priority, "agency": told.agency or source.agency, "source": source.key,
        "name": source.name, "cause": source.cause, "district": source.district, "subdistrict": source.subdistrict,
        "lat": source.lat, "lon": source.lon, "device": source.device, "kind": source.kind, "value": value,
        "worst": value + 8, "bound": value - 12, "detail": "", "raised_at": raised_at, "ended_at": ended_at,
    }  # fmt: skip
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement("alarm_raised"), facts)
        row = connection.execute(
            "SELECT id FROM alarms WHERE rule = %s AND source = %s AND raised_at = %s", (rule, source.key, raised_at)
        ).fetchone()
        connection.execute(statement("notify"), {"streams": "alarms"})
    assert row
    return int(row[0])


def forget_alarms(url: str) -> None:
    """Let there be none, and the next one be the first."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE alarms, alarm_steps, alarm_deliveries RESTART IDENTITY")
        connection.execute(statement("notify"), {"streams": "alarms"})


def raise_many(url: str, count: int, at: datetime, rule: str = "perangkat-diam") -> list[int]:
    """Alarms of one rule at as many devices, a second apart."""
    return [raise_alarm(url, rule, key, at - timedelta(seconds=n)) for n, key in enumerate(list(CITY.devices)[:count])]
