"""What the questions about readings and their rollups answer, and that they go by an index."""

from __future__ import annotations

import re
from datetime import date, timedelta

import psycopg
import pytest

from data.queries import questions
from tests.asking import PARAMS, answer, write
from tests.batches import NOW, reading, readings

pytestmark = pytest.mark.integration


def test_latest_and_unplaced_readings_share_all_there_is(database_url: str) -> None:
    write(
        database_url,
        readings(reading("air-1", -60, 1), reading("air-1", -30, 2), reading("air-1", -45, 3)),
        readings(*(reading(f"new-{number}", number, number) for number in range(6))),
    )
    placed = answer(database_url, "latest_readings")
    assert [(row["device"], row["kind"], row["value"]) for row in placed] == [("air-1", "pm25", 2)]
    others = answer(database_url, "unplaced_readings")
    assert len(others) == 4
    assert {row["devices_total"] for row in others} == {6}
    assert "air-1" not in {row["device"] for row in others}


def test_a_day_mean_is_the_last_24_hours(database_url: str) -> None:
    hours = [(-23.9, 10), (-1, 20), (-24.1, 900)]
    write(database_url, readings(*(reading("air-1", hour * 3600, value) for hour, value in hours)))
    [row] = answer(database_url, "air_day_means")
    assert (row["mean"], row["n"], row["hours"]) == (15, 2, [1, 1])


def test_the_day_behind_a_minute_of_an_hour_has_24_hours_and_nothing_of_later(database_url: str) -> None:
    # Every ten minutes from 30 hours before to 2 hours after; asked at 20 past: both ends of the day are one hour.
    minutes = range(-30 * 60, 120, 10)
    found = [
        reading("air-1", 60 * minute, 1000.0 if minute < -1420 or minute > 20 else 5.0, "co") for minute in minutes
    ]
    write(database_url, readings(*found, reading("air-1", -60, 7, "temperature")))
    [row] = answer(database_url, "air_day_means", now=NOW + timedelta(minutes=20))
    assert (row["kind"], row["mean"], row["n"]) == ("co", 5, 145)
    assert row["hours"] == [7, *[6] * 23]


def test_sound_is_averaged_by_energy_within_each_hour(database_url: str) -> None:
    # NOW is 07:00 WIB; 60 and 70 dB(A) are 67,4 together, not 65.
    levels = [(-3500, 60), (-100, 70), (-3700, 50), (-86_500, 120), (100, 120)]
    write(database_url, readings(*(reading("gauge-1", second, level, "noise") for second, level in levels)))
    rows = answer(database_url, "noise_hours")
    assert [(row["bucket"] - NOW, round(row["level"], 3), row["n"]) for row in rows] == [
        (timedelta(hours=-2), 50, 1),
        (timedelta(hours=-1), 67.404, 2),
    ]


def test_a_range_is_the_lowest_and_highest_of_a_day(database_url: str) -> None:
    found = [(-90_000, 9.0), (-80_000, 22.5), (-600, 33.1), (-60, 30.0)]
    write(database_url, readings(*(reading("air-1", second, value, "temperature") for second, value in found)))
    [row] = answer(database_url, "station_ranges")
    assert (row["kind"], row["low"], row["high"]) == ("temperature", 22.5, 33.1)


@pytest.mark.parametrize("name", ["noise_hours", "station_ranges"])
def test_a_question_about_few_series_of_a_day_can_go_by_their_index(database_url: str, name: str) -> None:
    write(database_url, readings(*(reading("air-1", -60 * minute) for minute in range(100))))
    with psycopg.connect(database_url) as connection:
        connection.execute("SET enable_seqscan = off")
        rows = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert re.search(r"Index Cond: \(\(device_id = ANY .*(bucket|observed_at)", plan), plan


def test_trends_are_means_of_their_buckets(database_url: str) -> None:
    levels = (
        reading("gauge-1", second, value, "water_level") for second, value in ((-900, 100), (-800, 200), (-10, 50))
    )
    dust = (reading("air-1", second, value) for second, value in ((-7000, 10), (-5000, 20), (-100, 40)))
    write(database_url, readings(*levels), readings(*dust))
    assert [row["value"] for row in answer(database_url, "gauge_trend")] == [(100 + 200 + 50) / 3]
    assert [row["value"] for row in answer(database_url, "air_trend")] == [15, 40]


def test_rain_is_summed_over_an_hour_and_a_day(database_url: str) -> None:
    falls = ((-600, 2), (-3000, 3), (-7200, 10), (-90_000, 99))
    write(database_url, readings(*(reading("air-1", second, mm, "rain") for second, mm in falls)))
    [row] = answer(database_url, "rain_sums")
    assert (row["mm_1h"], row["mm_24h"]) == (5, 15)
    assert (row["n_1h"], row["n_24h"], row["newest"]) == (2, 3, NOW - timedelta(minutes=10))


def test_a_rain_gauge_silent_for_an_hour_has_no_rain_of_that_hour_not_none_fallen(database_url: str) -> None:
    write(database_url, readings(reading("air-1", -7200, 10, "rain")))
    [row] = answer(database_url, "rain_sums")
    assert (row["mm_1h"], row["n_1h"]) == (None, 0)
    assert (row["mm_24h"], row["n_24h"]) == (10, 1)


def test_days_are_the_citys_and_today_is_as_far_as_it_has_come(database_url: str) -> None:
    # NOW is 07:00 WIB: seven hours before is local midnight.
    loads = ((-60, 10), (-6.9 * 3600, 5), (-7.1 * 3600, 40), (-14 * 86_400 - 3600, 7), (-15 * 86_400, 99))
    write(database_url, readings(*(reading("gauge-1", second, tonnes, "waste_tonnage") for second, tonnes in loads)))
    rows = answer(database_url, "day_totals")
    assert [(row["day"], row["n"], row["total"], row["low"], row["high"]) for row in rows] == [
        (date(2026, 11, 7), 1, 7, 7, 7),
        (date(2026, 11, 20), 1, 40, 40, 40),
        (date(2026, 11, 21), 2, 15, 5, 10),
    ]


def test_the_last_24_hours_are_means(database_url: str) -> None:
    speeds = ((-60, 30), (-1800, 40), (-3601, 20), (-90_000, 99))
    write(database_url, readings(*(reading("gauge-1", second, kmh, "vehicle_speed") for second, kmh in speeds)))
    assert [row["value"] for row in answer(database_url, "hour_means")] == [20, 35]


def test_traffic_is_an_hour_of_vehicles_and_a_quarter_of_speed(database_url: str) -> None:
    counts = (reading("gauge-1", second, 50, "vehicle_count") for second in (-60, -1800, -3500, -4000))
    speeds = (reading("gauge-1", second, kmh, "vehicle_speed") for second, kmh in ((-60, 20), (-600, 30), (-1200, 90)))
    write(database_url, readings(*counts), readings(*speeds))
    [row] = answer(database_url, "traffic_now")
    assert (row["vehicles"], row["counts"], row["speed"], row["speeds"]) == (150, 3, 25, 2)
    write(database_url, readings(reading("air-1", -60, 7, "vehicle_count")))
    silent, _ = answer(database_url, "traffic_now")
    assert (silent["vehicles"], silent["speed"], silent["speeds"]) == (7, None, 0)


def test_usual_are_the_same_sixty_minutes_of_seven_days(database_url: str) -> None:
    half_past = NOW + timedelta(minutes=30)
    day = 86_400
    speeds = ((-day + 600, 20), (-day - 600, 40), (-2 * day + 600, 30), (-8 * day, 99), (600, 77), (-day + 7200, 88))
    write(database_url, readings(*(reading("gauge-1", second, kmh, "vehicle_speed") for second, kmh in speeds)))
    [row] = answer(database_url, "usual_hours", now=half_past)
    assert (row["days"], row["mean"], row["hourly"]) == (2, 30, 30)
    counts = ((-day + 600, 100), (-day + 1200, 20), (-day - 600, 60))
    write(database_url, readings(*(reading("air-1", second, n, "vehicle_count") for second, n in counts)))
    row, _ = answer(database_url, "usual_hours", now=half_past)
    assert (row["days"], row["mean"], row["hourly"]) == (1, 60, 90)
    row, _ = answer(database_url, "usual_hours")  # on the hour, only the hour before counts
    assert (row["mean"], row["hourly"]) == (60, 60)


def test_a_day_usually_has_come_so_far(database_url: str) -> None:
    half_past, day = NOW + timedelta(minutes=30), 86_400
    loads = (
        (-day - 6.5 * 3600, 10), (-day + 600, 40), (-day + 3700, 99), (-day - 7.5 * 3600, 500),
        (-2 * day - 600, 50), (-8 * day, 1000), (60, 7),
    )  # fmt: skip
    write(database_url, readings(*(reading("gauge-1", second, tonnes, "waste_tonnage") for second, tonnes in loads)))
    [row] = answer(database_url, "usual_today", now=half_past)
    assert (row["device"], row["days"], row["total"]) == ("gauge-1", 2, (10 + 20 + 50 + 0) / 2)


def test_scores_rest_on_the_last_24_whole_hours(database_url: str) -> None:
    hours = [(-0.01, 10, 1), (-0.5, 20, 1), (-23.9, 60, 1), (-24.1, 900, 1)]
    write(database_url, readings(*(reading("air-1", hour * 3600, value) for hour, value, _ in hours)))
    write(database_url, readings(reading("air-1", 60, 900), reading("far-1", -60, 900)))
    [row] = answer(database_url, "score_hours")
    assert {**row, "kind": ""} == {
        "device": "air-1", "kind": "", "hours": 2, "n": 3, "total": 90, "high": 60, "until": NOW,
    }  # fmt: skip


def test_scores_rest_on_whole_local_days(database_url: str) -> None:
    # NOW is 07:00 WIB: eight hours before is yesterday.
    days = [(0, 900), (-8, 10), (-9, 30), (-32, 5), (-24 * 29 - 8, 7), (-24 * 30 - 8, 900)]
    write(database_url, readings(*(reading("air-1", hour * 3600, value) for hour, value in days)))
    [row] = answer(database_url, "score_days")
    assert row["days"] == [date(2026, 11, 20), date(2026, 11, 19), date(2026, 10, 22)]
    assert (row["n"], row["total"], row["high"]) == ([2, 1, 1], [40, 5, 7], [30, 5, 7])


@pytest.mark.parametrize("name", ["air_day_means", "air_trend", "gauge_trend", "rain_sums", "traffic_now"])
def test_a_question_about_few_series_can_go_by_their_index(database_url: str, name: str) -> None:
    write(database_url, readings(*(reading("air-1", -60 * minute) for minute in range(100))))
    with psycopg.connect(database_url) as connection:
        connection.execute("SET enable_seqscan = off")
        rows = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert re.search(r"Index Cond: \(\(device_id = ANY .*bucket", plan), plan


@pytest.mark.parametrize("name", ["day_totals", "hour_means", "usual_hours", "usual_today"])
def test_a_question_of_days_reads_series_by_series(database_url: str, name: str) -> None:
    write(database_url, readings(*(reading("air-1", -60 * minute, 1, "bus_passengers") for minute in range(100))))
    with psycopg.connect(database_url) as connection:
        connection.execute("SET enable_seqscan = off")
        rows = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert re.search(r"Index Cond: \(\(.*device_id = s.device_id\).*bucket >", plan), plan
