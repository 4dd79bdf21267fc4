"""How an alarm stands is said once: list, counts, walls, the mayor's page and the interface agree on any alarms."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from data.writes import statement
from layouts.findings.alarm_list import LIVES
from layouts.findings.alarms import PRIORITY_WORDS, UNSEEN, alarms_of
from layouts.findings.matters import matters
from sensors.alarm import source_of
from tests.alarm_life import WANTING, life
from tests.asking import answer
from tests.batches import NOW
from tests.pack import CITY

pytestmark = pytest.mark.integration

HOUR = timedelta(hours=1)
RAISED = (NOW - 30 * HOUR, NOW - HOUR, NOW + HOUR)
ENDED = (None, timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=29))  # after it began
KNOWN = timedelta(minutes=10)
TIMES = {"acknowledged_at": NOW, "resolved_at": NOW, "reviewed_at": NOW}
SHELVED = (None, NOW - HOUR, NOW + HOUR)
COUNTED = {"": "wanting", "baru": "fresh", "diterima": "acknowledged", "ditunda": "shelved", "ditangani": "resolved"}


def generated() -> list[dict[str, Any]]:
    """Every way in which an alarm may have begun, ended, been known, taken, shelved, resolved and withdrawn."""
    found = []
    devices, rules = itertools.cycle(CITY.devices.values()), itertools.cycle(CITY.alarm_rules.values())
    ways = itertools.product(RAISED, ENDED, SHELVED, *[(None, at) for at in TIMES.values()], (False, True))
    for number, (raised, lasted, shelved, *taken, withdrawn) in enumerate(ways, start=1):
        device, rule = next(devices), next(rules)
        source = source_of(device, device.kinds[0])
        found.append(
            {
                "rule": rule.key, "priority": rule.priority, "source": f"{source.key}/{number}", "name": device.name,
                "cause": f"{device.key}/{number}", "agency": device.agency, "district": device.district,
                "subdistrict": None, "lat": None, "lon": None, "device": device.key, "kind": source.kind, "value": 1.0,
                "worst": 1.0, "bound": 1.0, "detail": "", "raised_at": raised, "known_at": raised + KNOWN,
                "ended_at": None if lasted is None else raised + lasted, "shelved_until": shelved,
                **dict(zip(TIMES, taken, strict=True)), "withdrawn": withdrawn,
            }
        )  # fmt: skip
    return found


@pytest.fixture
def alarms(database_url: str) -> dict[int, dict[str, Any]]:
    """All of them, by their numbers."""
    made = {}
    with psycopg.connect(database_url, autocommit=True) as connection:
        for each in generated():
            connection.execute(statement("alarm_raised"), each)
            row = connection.execute(
                "UPDATE alarms SET known_at = %(known_at)s, acknowledged_at = %(acknowledged_at)s, withdrawn = "
                "%(withdrawn)s, resolved_at = %(resolved_at)s, reviewed_at = %(reviewed_at)s, "
                "shelved_until = %(shelved_until)s WHERE source = %(source)s RETURNING id",
                each,
            ).fetchone()
            assert row
            made[int(row[0])] = each
    return made


def ids(rows: list[dict[str, Any]]) -> set[int]:
    return {row["id"] for row in rows}


def standing(alarms: dict[int, dict[str, Any]], now: datetime, *lives: str) -> set[int]:
    return {number for number, each in alarms.items() if life(each, now) in lives}


@pytest.mark.parametrize("now", [NOW, NOW + 2 * HOUR, NOW + 30 * HOUR])
def test_list_counts_walls_mayor_and_interface_agree(
    database_url: str, alarms: dict[int, dict[str, Any]], now: datetime
) -> None:
    wanting = standing(alarms, now, *WANTING)
    assert 0 < len(wanting) < len(alarms)
    wall = answer(database_url, "alarms_now", now=now)
    assert ids(wall) == wanting | standing(alarms, now, "shelved")
    everywhere = {"district": "", "agency": "", "now": now}
    lists = {word: ids(answer(database_url, "alarm_list", life=word, **everywhere)) for word in LIVES}
    assert lists[""] == wanting
    assert lists["baru"] == {number for number in wanting if alarms[number]["acknowledged_at"] is None}
    assert lists["diterima"] == standing(alarms, now, "acknowledged")
    assert lists["ditunda"] == standing(alarms, now, "shelved")
    assert lists["ditangani"] == standing(alarms, now, "resolved")
    [counts] = answer(database_url, "alarm_counts", now=now)
    assert counts == {name: len(lists[word]) for word, name in COUNTED.items()}
    span = {"since": NOW - 40 * HOUR, "until": NOW + 40 * HOUR, "rows": 999, "device": None}
    told = answer(database_url, "api_alarms", now=now, state="all", **span)
    assert {row["id"]: row["life"] for row in told} == {
        number: life(each, now) for number, each in alarms.items() if not each["withdrawn"]
    }
    [one] = answer(database_url, "alarm_one", alarm=str(next(iter(alarms))), now=now)
    assert one["life"] == life(next(iter(alarms.values())), now)
    groups = alarms_of({"alarms_now": wall}, CITY, now).groups
    assert {alarm.row["id"] for group in groups for alarm in group.alarms} == wanting
    mayor = {each.key for each in matters({"alarms_now": wall}, CITY, now) if each.key.startswith("alarm-")}
    unseen = {row["id"] for row in wall if row["life"] in UNSEEN and row["priority"] != list(PRIORITY_WORDS)[-1]}
    assert mayor == {f"alarm-{number}" for number in unseen}
