"""Alarms in a room: a pack whose rules end at once, rows as the engine and an operator write them."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

from sensors.city import PACKS, City, Device
from tests.room import Room

_RAISE = """
INSERT INTO alarms (rule, priority, source, name, cause, agency, district, lat, lon, device, kind, value, worst, bound,
                    raised_at, ended_at)
VALUES (%(rule)s, %(priority)s, %(source)s, %(name)s, %(device)s, %(agency)s, %(district)s, %(lat)s, %(lon)s,
        %(device)s, 'water_level', %(worst)s, %(worst)s, %(bound)s, now(), %(ended_at)s)
RETURNING id"""


def quick_pack(folder: Path, seconds: int = 20) -> Path:
    """A copy of the pack in which alarms end at once and take a wall over for so many seconds."""
    pack = Path(shutil.copytree(PACKS / "tangerang", folder / "pack"))
    rules = pack / "alarms.toml"
    rules.write_text(re.sub(r"off_minutes = \d+", "off_minutes = 0", rules.read_text()))
    scenes = pack / "scenes.toml"
    scenes.write_text(scenes.read_text().replace("seconds = 20", f"seconds = {seconds}"))
    return pack


def begin_engine(room: Room, within: float = 30) -> None:
    """Start an engine in a room and wait until it leads: until then it may take back what it did not raise."""
    room.begin("alarms")
    deadline = time.monotonic() + within
    asked = "SELECT 1 FROM components WHERE name = 'alarms' AND state->>'role' = 'leading'"
    while not change(room.postgres.url, asked):
        if time.monotonic() > deadline:
            raise TimeoutError(f"no engine led within {within} s\n{room.log('alarms')}")
        time.sleep(0.1)


def gauges(city: City) -> list[Device]:
    """The gauges that have a siaga ladder and a place on the map."""
    return [device for device in city.devices.values() if device.ladder and not device.upstream]


def change(url: str, statement: str, told: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Commit one statement about alarms and tell whoever listens; return its rows."""
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement, told)
        rows = cursor.fetchall() if cursor.description else []
        connection.execute("SELECT pg_notify('liveroom', 'alarms')")
    return rows


def raised(url: str, city: City, device: Device, rule: str = "siaga-1", **other: Any) -> str:  # noqa: ANN401 - columns
    """Let a rule hold at a gauge, as the engine would say it; return the alarm's id."""
    told = {
        "rule": rule, "priority": city.alarm_rules[rule].priority, "source": f"{device.key}/water_level",
        "name": device.name, "agency": city.alarm_rules[rule].agency, "district": device.district,
        "lat": device.point.lat, "lon": device.point.lon, "device": device.key, "worst": 512.0, "bound": 500.0,
        "ended_at": None,
    }  # fmt: skip
    [(ident,)] = change(url, _RAISE, told | other)
    return str(ident)


def acknowledge(url: str, alarm: str = "%") -> None:
    """Take the step of an operator; without an id for all that stand."""
    change(
        url,
        "UPDATE alarms SET acknowledged_at = now(), acknowledged_by = 'operator-1' "
        "WHERE id::text LIKE %(alarm)s AND acknowledged_at IS NULL",
        {"alarm": alarm},
    )


def ended(url: str, alarm: str = "%") -> None:
    """Let it be over; without an id all of them."""
    change(
        url, "UPDATE alarms SET ended_at = now() WHERE id::text LIKE %(alarm)s AND ended_at IS NULL", {"alarm": alarm}
    )
