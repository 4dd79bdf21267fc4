"""What the questions about a span, a shift and records answer: by minutes while they are kept, by hours ever after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from tests.asking import answer, write
from tests.batches import NOW, case, reading, readings
from tests.pack import CITY
from tests.raising import raise_alarm

pytestmark = pytest.mark.integration

HOUR = timedelta(hours=1)
GAUGE = "gauge-pintu-air-10"
DEVICES = {"devices": list(CITY.devices)}
# NOW is 07.00 WIB; the span is 01.00 to 07.00.
SPAN = {"from": "2026-11-21T01:00", "until": "2026-11-21T07:00", "district": ""}
KEPT_DAYS = CITY.retention_days


def level(seconds: float, value: float):  # noqa: ANN201
    return reading(GAUGE, seconds, value, "water_level")


def test_a_span_and_its_ends_are_those_of_the_citys_own_time(database_url: str) -> None:
    write(database_url, readings(level(-6 * 3600 - 1, 900), level(-6 * 3600, 100), level(-1, 200), level(0, 900)))
    rows = answer(database_url, "incident_courses", **SPAN, **DEVICES)
    assert [(row["device"], row["high"], row["n"]) for row in rows] == [(GAUGE, 100, 1), (GAUGE, 200, 1)]
    day = answer(database_url, "incident_courses", **SPAN | {"from": "2026-11-21", "until": "2026-11-21"}, **DEVICES)
    assert [row["high"] for row in day] == [900, 100, 200]  # a day as an end is the whole of it, up to now
    usual = answer(database_url, "incident_courses", **SPAN | {"from": "", "until": ""}, **DEVICES)
    assert [row["high"] for row in usual] == [900, 100, 200]


def test_the_highest_is_told_with_its_minute(database_url: str) -> None:
    found = [(-3600, 100.0), (-3540, 300.0), (-3480, 200.0), (-3420, 300.0)]
    write(database_url, readings(*(level(second, value) for second, value in found)))
    (row,) = answer(database_url, "incident_courses", **SPAN, **DEVICES)
    assert (row["bucket"], row["high"], row["high_at"]) == (NOW - HOUR, 300, NOW - HOUR + timedelta(minutes=1))


def test_a_span_long_past_is_told_by_its_hours(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("INSERT INTO devices (key) VALUES (%s)", (GAUGE,))
        connection.execute("INSERT INTO kinds (key, unit) VALUES ('water_level', 'cm') ON CONFLICT DO NOTHING")
        connection.execute(
            "INSERT INTO rollup_hour (bucket, device_id, kind_id, n, total, low, high) "
            "SELECT %s + n * interval '1 hour', d.id, k.id, 60, 6000, 90, 110 + n "
            "FROM devices d, kinds k, generate_series(0, 5) n WHERE d.key = %s AND k.key = 'water_level'",
            (datetime(2024, 1, 1, 0, 0, tzinfo=UTC), GAUGE),
        )
    past = {"from": "2024-01-01T08:00", "until": "2024-01-01T11:00", "district": ""}
    rows = answer(database_url, "incident_courses", **past, **DEVICES)
    assert [row["high"] for row in rows] == [111, 112, 113]
    assert {row["high_at"] == row["bucket"] for row in rows} == {True}
    assert KEPT_DAYS < 600  # else this would be told by minutes


def test_alarms_of_a_span_are_those_that_stood_in_it_and_steps_those_of_people(database_url: str) -> None:
    gauges = [device.key for device in CITY.devices.values() if device.ladder][:4]
    times = [(NOW - 9 * HOUR, NOW - 8 * HOUR), (NOW - 8 * HOUR, NOW - 3 * HOUR), (NOW - 2 * HOUR, None), (NOW, None)]
    ids = [raise_alarm(database_url, "siaga-2", gauge, *at) for gauge, at in zip(gauges, times, strict=True)]
    found = answer(database_url, "incident_alarms", **SPAN)
    assert [row["id"] for row in found] == [ids[1], ids[2]]
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO alarm_steps (alarm_id, at, step, actor) "
            "SELECT %s, t, 'noted', 'operator-1' FROM unnest(%s::timestamptz[]) t",
            (ids[2], [NOW - 7 * HOUR, NOW - HOUR]),
        )
    assert [row["at"] for row in answer(database_url, "incident_steps", **SPAN)] == [NOW - HOUR]
    elsewhere = answer(database_url, "incident_steps", **SPAN | {"district": "36.71.99"})
    assert elsewhere == []


def test_cases_are_counted_by_the_hour_in_which_they_came_and_ended(database_url: str) -> None:
    write(
        database_url,
        case("menunggu", -90, "L-1", category="banjir", subdistrict="36.71.07.1004"),
        case("selesai", -30, "L-1", category="banjir", subdistrict="36.71.07.1004"),
        case("menunggu", -80, "L-2", category="banjir", subdistrict="36.71.01.1001"),
        case("menunggu", -60 * 7, "L-3", category="banjir"),
    )
    rows = answer(database_url, "incident_cases", **SPAN)
    told = [(row["bucket"] - NOW, row["opened"], row["ended"]) for row in rows]
    assert told == [(timedelta(hours=-2), 2, 0), (timedelta(hours=-1), 0, 1)]
    here = answer(database_url, "incident_cases", **SPAN | {"district": "36.71.01"})
    assert [(row["opened"], row["ended"]) for row in here] == [(1, 0)]
    places = answer(database_url, "incident_places", **SPAN)
    assert {row["case_id"] for row in places} == {"L-1", "L-2"}
    # The list behind the figure: the same cases by the same choices.
    everywhere = {"service": "", "agency": "", "district": "", "subdistrict": "", "status": ""}
    listed = answer(database_url, "case_list", **{"from": SPAN["from"], "to": SPAN["until"]} | everywhere)
    assert {row["case_id"] for row in listed} == {"L-1", "L-2"}


def test_a_record_is_higher_than_a_month_of_days_and_is_told_with_its_minute(database_url: str) -> None:
    month = [level(-86_400 * day, 100.0 + day) for day in range(3, 25)]
    write(database_url, readings(*month, level(-7200, 500.0), level(-7140, 510.0), level(-60, 90.0)))
    (row,) = answer(database_url, "record_readings", **DEVICES)
    assert (row["device"], row["kind"], row["high"], row["before"]) == (GAUGE, "water_level", 510, 124)
    assert (row["at"], row["days"]) == (NOW - timedelta(seconds=7140), 22)
    assert answer(database_url, "record_readings", **DEVICES, now=NOW + 40 * 24 * HOUR) == []


def test_the_steps_of_a_shift_begin_with_the_shift(database_url: str) -> None:
    ident = raise_alarm(database_url, "siaga-2", GAUGE, NOW)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO alarm_steps (alarm_id, at, step, actor) "
            "SELECT %s, t, 'noted', 'operator-1' FROM unnest(%s::timestamptz[]) t",
            (ident, [NOW - timedelta(seconds=1), NOW]),
        )
    rows = answer(database_url, "shift_steps", shift_since=NOW, now=NOW + HOUR)
    assert [row["at"] for row in rows if row["step"] == "noted"] == [NOW]
