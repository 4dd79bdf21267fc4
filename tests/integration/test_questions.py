"""Every question is prepared against the real schema, has the columns that panels rely on, and says what it should."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from data.errors import DatabaseAway, DataError
from data.queries import questions
from data.records import Bulletin, CaseEvent, DeviceStatus, Message, Price, Rejection
from data.store import Store
from deploy.local.postgres import Postgres
from sensors.city import load_city
from sensors.forecast import Forecast
from sensors.quake import Quake
from tests.batches import NOW, WIB, case, message, reading, readings, writer

pytestmark = pytest.mark.integration

COLUMNS = {
    "latest_readings": "device kind value observed_at received_at",
    "unplaced_readings": "device kind value observed_at received_at devices_total",
    "air_day_means": "device kind mean n hours",
    "noise_hours": "device bucket level n",
    "station_ranges": "device kind low high",
    "gauge_trend": "device bucket value n",
    "rain_sums": "device mm_1h mm_24h n_1h n_24h newest",
    "flood_cases": "service district n oldest_opened_at status_at",
    "air_trend": "device bucket value",
    "price_board": "market commodity price unit observed_at previous previous_at",
    "price_trend": "commodity unit day price",
    "price_days": "commodity unit day price markets",
    "market_reports": "market last_at first_today_at commodities_today days",
    "case_counts": "status agency category district n oldest_opened_at",
    "case_days": "day opened finished",
    "recent_cases": "service case_id status status_at opened_at category subdistrict agency summary",
    "open_cases": "service case_id status status_at opened_at category subdistrict agency",
    "service_counts": "service status category open opened_today ended_today oldest_opened_at status_at",
    "service_days": "service category day opened",
    "service_open": "service case_id status category subdistrict agency opened_at status_at",
    "agency_times": "service agency category status opened acted_after ended_after status_at",
    "agency_days": "service agency category day opened ended",
    "case_flags": "service case_id status status_at agency impossible_steps n statuses",
    "service_recent": "service case_id status status_at opened_at category subdistrict",
    "service_steps": "service case_id category opened_at status at",
    "open_case_points": "service case_id status category subdistrict lat lon opened_at",
    "score_hours": "device kind hours n total high until",
    "score_days": "device kind days n total high",
    "score_cases": "service category status opened_on ended_on n opened_24h ended_24h status_at",
    "score_response": "service category status span n minutes",
    "day_totals": "device kind day n total low high",
    "hour_means": "device kind bucket value",
    "traffic_now": "device vehicles counts speed speeds",
    "usual_hours": "device kind days mean hourly",
    "usual_today": "device kind days total",
    "feeds": "stream messages stored duplicates skipped rejected last_received_at last_observed_at last",
    "components": "name instance started_at beat_at state",
    "component_metrics": "name instance beat_at metrics",
    "device_status": "device status status_at",
    "api_readings_latest": "device kind value observed_at",
    "api_readings": "device kind value observed_at",
    "api_readings_minute": "device kind value n low high observed_at",
    "api_readings_hour": "device kind value n low high observed_at",
    "api_readings_day": "device kind value n low high observed_at",
    "api_prices": "market commodity price unit observed_at",
    "api_cases": "service case_id status at opened_at category subdistrict lat lon agency priority channel summary",
    "bulletins_now": "channel id title body severity areas area_words source url issued_at onset_at expires_at "
    "received_at",
    "bulletin_days": "day severity n",
    "bulletins_ended": "channel id title severity areas area_words source issued_at onset_at expires_at ended_at "
    "cancelled",
    "news": "channel id title body severity areas area_words source url issued_at expires_at received_at",
    "bulletin_last": "channel source issued_at received_at",
    "forecast_steps": "subdistrict valid_at analysed_at received_at channel temperature rain words wind_speed",
    "quakes_recent": "id at received_at channel lat lon magnitude depth_km place felt potential",
}
PARAMS: Mapping[str, object] = {
    "devices": ["air-1", "gauge-1"], "markets": ["pasar-anyar", "pasar-baru"], "service": "laksa", "now": NOW,
    "zone": WIB, "of no question": 1,
    "kinds": ["pm25"], "services": ["laksa"], "status": None, "located": False, "market": None, "commodity": None,
    "since": NOW - timedelta(days=1), "until": NOW, "rows": 10,
    "after_device": None, "after_kind": None, "after_observed_at": None, "after_market": None, "after_commodity": None,
    "after_at": None, "after_service": None, "after_case_id": None,
}  # fmt: skip


def answer(url: str, name: str, **params: object) -> list[dict[str, Any]]:
    async def once() -> list[dict[str, Any]]:
        store = await Store.open(url)
        try:
            return await store.ask(name, {**PARAMS, **params})
        finally:
            await store.close()

    return asyncio.run(once())


def write(url: str, *messages: Message) -> None:
    with closing(writer(url)) as room:
        room.write(messages)


def price(market: str, days_ago: float, rupiah: int, commodity: str = "beras-medium") -> Message:
    found = Price(market, commodity, Decimal(rupiah), "kg", NOW - timedelta(days=days_ago))
    return message("prices", prices=(found,))


def test_every_question_is_known_here() -> None:
    assert set(COLUMNS) == set(questions())
    assert COLUMNS


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_question_has_the_columns_panels_rely_on(database_url: str, name: str) -> None:
    with psycopg.connect(database_url) as connection:
        cursor = connection.execute(questions()[name], PARAMS, prepare=True)
        assert cursor.description is not None
        assert [column.name for column in cursor.description] == COLUMNS[name].split()


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


def test_floods_are_counted_by_service_and_kecamatan_while_they_are_open(database_url: str) -> None:
    here, flood = {"subdistrict": "36.71.08.1001"}, {"category": "banjir"}
    write(
        database_url,
        case("menunggu", -60, "L-1", **here, **flood),
        case("menunggu", -50, "L-2", **here, **flood), case("proses", -5, "L-2"),
        case("menunggu", -40, "L-3", **here, **flood), case("selesai", -10, "L-3"),
        case("menunggu", -30, "L-4", **here, category="pju"),
        case("menunggu", -20, "L-5", **flood),
    )  # fmt: skip
    told = [tuple(row.values()) for row in answer(database_url, "flood_cases")]
    minutes = [NOW - timedelta(minutes=n) for n in (60, 20, 5)]
    assert told == [("laksa", "", 1, minutes[1], minutes[1]), ("laksa", "36.71.08", 2, minutes[0], minutes[2])]


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


def test_the_board_compares_with_an_earlier_local_day(database_url: str) -> None:
    # NOW is 07:00 WIB: three hours before is the same local day, eight hours before the day before.
    reports = [price("pasar-anyar", 0, 13_500), price("pasar-anyar", 3 / 24, 1), price("pasar-anyar", 8 / 24, 13_400)]
    write(
        database_url,
        *reports,
        price("pasar-baru", 2, 14_000),
        price("pasar-lain", 0, 7),
        price("pasar-baru", 8, 5, "gula"),
    )
    rows = answer(database_url, "price_board")
    assert [(row["market"], row["price"], row["previous"]) for row in rows] == [
        ("pasar-anyar", Decimal(13_500), Decimal(13_400)),
        ("pasar-baru", Decimal(14_000), None),
    ]


def test_the_price_of_a_day_is_the_median_over_markets(database_url: str) -> None:
    reports = [price("pasar-anyar", 1, 100), price("pasar-baru", 1, 200), price("pasar-anyar", 0, 300)]
    write(database_url, *reports, price("pasar-anyar", 1 / 24, 5), price("pasar-anyar", 14.5, 9))
    rows = answer(database_url, "price_trend")
    assert [(row["day"], row["price"]) for row in rows] == [(date(2026, 11, 20), 150), (date(2026, 11, 21), 300)]


def test_days_of_prices_begin_at_local_midnight_and_never_mix_units(database_url: str) -> None:
    # NOW is 07:00 WIB: seven hours before is local midnight.
    per_head = Price("pasar-anyar", "beras-medium", Decimal(40_000), "ekor", NOW)
    write(
        database_url,
        price("pasar-anyar", 7 / 24, 100), price("pasar-anyar", 7 / 24 + 1 / 86_400, 50),
        price("pasar-baru", 7.5 / 24, 150), price("pasar-baru", 1 / 24, 300), price("pasar-baru", 2 / 24, 9),
        price("pasar-anyar", 36.2, 70), price("pasar-anyar", 36.3, 7), price("pasar-lain", 0, 1),
        message("prices", prices=(per_head,)),
    )  # fmt: skip
    rows = [tuple(row.values()) for row in answer(database_url, "price_days")]
    assert rows == [
        ("beras-medium", "ekor", date(2026, 11, 21), 40_000, 1),
        ("beras-medium", "kg", date(2026, 10, 16), 70, 1),
        ("beras-medium", "kg", date(2026, 11, 20), 100, 2),
        ("beras-medium", "kg", date(2026, 11, 21), 200, 2),
    ]
    trend = answer(database_url, "price_trend")
    assert [(row["unit"], row["price"]) for row in trend] == [("ekor", 40_000), ("kg", 100), ("kg", 200)]


def test_markets_tell_when_and_how_much_they_reported(database_url: str) -> None:
    write(
        database_url,
        price("pasar-anyar", 2 / 24, 100), price("pasar-anyar", 1 / 24, 90), price("pasar-anyar", 2 / 24, 5, "gula"),
        price("pasar-anyar", 1, 100), price("pasar-anyar", 29, 1), price("pasar-anyar", 30, 1),
        price("pasar-baru", 8 / 24, 150), price("pasar-lain", 0, 1),
    )  # fmt: skip
    anyar, baru = answer(database_url, "market_reports")
    assert (anyar["commodities_today"], anyar["days"]) == (2, 3)
    assert (anyar["first_today_at"], anyar["last_at"]) == (NOW - timedelta(hours=2), NOW - timedelta(hours=1))
    assert (baru["commodities_today"], baru["days"], baru["first_today_at"]) == (0, 1, None)
    assert baru["last_at"] == NOW - timedelta(hours=8)


@pytest.mark.parametrize("name", ["price_days", "market_reports"])
def test_a_question_about_prices_reads_only_the_days_it_is_about(database_url: str, name: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """
            INSERT INTO prices (observed_at, received_at, market, commodity, price, unit)
            SELECT %(now)s::timestamptz - day * interval '1 day', now(), market, 'goods-' || goods, 1000, 'kg'
            FROM generate_series(0, 364) AS day, generate_series(1, 5) AS goods, unnest(%(markets)s::text[]) AS market
            """,
            PARAMS,
        )
        [[chunks]] = connection.execute("SELECT count(*) FROM show_chunks('prices')").fetchall()
        plan = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    read = set(re.findall(r"_hyper_\d+_\d+_chunk(?= )", "\n".join(row[0] for row in plan)))
    assert chunks > 10
    assert 1 <= len(read) <= 3


def test_cases_are_counted_where_they_stand(database_url: str) -> None:
    place = {"category": "pju", "agency": "dishub", "subdistrict": "36.71.07.1004", "lat": -6.1, "lon": 106.6}
    write(
        database_url,
        case("menunggu", -60, "L-1", **place),
        case("menunggu", -50, "L-2", **place),
        case("menunggu", -5000, "L-3", **place), case("selesai", -10, "L-3"),
        case("menunggu", -5000, "L-4", **place), case("selesai", -4000, "L-4"),
    )  # fmt: skip
    counts = answer(database_url, "case_counts")
    assert [(row["status"], row["district"], row["n"]) for row in counts] == [
        ("menunggu", "36.71.07", 2),
        ("selesai", "36.71.07", 1),
    ]
    assert counts[0]["oldest_opened_at"] == NOW - timedelta(minutes=60)
    assert [row["case_id"] for row in answer(database_url, "open_case_points")] == ["L-2", "L-1"]
    assert [row["case_id"] for row in answer(database_url, "open_cases")] == ["L-1", "L-2"]
    assert {row["case_id"] for row in answer(database_url, "recent_cases")} == {"L-1", "L-2", "L-3", "L-4"}
    days = answer(database_url, "case_days")
    assert [row["day"] for row in days] == [date(2026, 11, 8) + timedelta(days=n) for n in range(14)]
    assert [(row["opened"], row["finished"]) for row in days[-5:]] == [(2, 0), (0, 1), (0, 0), (0, 0), (2, 1)]


INCIDENT = {"category": "banjir", "agency": "bpbd"}


def moved(case_id: str, status: str, minutes: float, service: str = "siaga-112", **more: Any) -> Message:  # noqa: ANN401
    known = load_city("tangerang").services[service].statuses
    at = NOW + timedelta(minutes=minutes)
    event = CaseEvent(service, case_id, status, list(known).index(status), known[status].open, at, **more)
    return message("cases", case_events=(event,))


def test_an_agencys_times_are_those_of_cases_opened_in_thirty_days(database_url: str) -> None:
    with closing(writer(database_url, services=load_city("tangerang").services)) as room:
        room.write(
            [
                moved("S-1", "diterima", -600, **INCIDENT), moved("S-1", "dikirim", -598), moved("S-1", "tiba", -590),
                moved("S-1", "selesai", -540),
                moved("S-2", "diterima", -20, **INCIDENT),
                moved("S-3", "diterima", -31 * 1440, **INCIDENT), moved("S-3", "ditutup", -500),
                moved("L-1", "menunggu", -30, "laksa", category="pju"),
            ]
        )  # fmt: skip
    rows = answer(database_url, "agency_times")
    found = [(row["service"], row["agency"], row["status"], row["acted_after"], row["ended_after"]) for row in rows]
    assert found == [
        ("laksa", None, "menunggu", [], []),
        ("siaga-112", "bpbd", "diterima", [], []),
        ("siaga-112", "bpbd", "selesai", [120], [3600]),
    ]
    assert [row["opened"] for row in rows] == [1, 1, 1]
    days = [
        (row["service"], row["day"].day, row["opened"], row["ended"]) for row in answer(database_url, "agency_days")
    ]
    assert days == [("laksa", 21, 1, 0), ("siaga-112", 20, 1, 2), ("siaga-112", 21, 1, 0)]


def test_cases_with_impossible_steps_are_told_with_their_course(database_url: str) -> None:
    with closing(writer(database_url, services=load_city("tangerang").services)) as room:
        room.write(
            [
                *(moved(f"S-{n}", status, 2 * n - 60 + i, **INCIDENT)
                  for n in range(8) for i, status in enumerate(("diterima", "tiba"))),
                moved("S-8", "diterima", -9), moved("S-8", "dikirim", -8),
                moved("S-9", "tiba", -40 * 1440), moved("S-9", "selesai", -31 * 1440),
            ]
        )  # fmt: skip
    rows = answer(database_url, "case_flags")
    assert [row["case_id"] for row in rows] == ["S-7", "S-6", "S-5", "S-4", "S-3", "S-2"]
    assert {row["n"] for row in rows} == {8}
    assert (rows[0]["statuses"], rows[0]["impossible_steps"]) == (["diterima", "tiba"], 1)


def step(service: str, case_id: str, status: str, minutes: float, category: str, *, is_open: bool = True) -> Message:
    at = NOW + timedelta(minutes=minutes)
    return message("cases", case_events=(CaseEvent(service, case_id, status, 0, is_open, at, category=category),))


def test_all_services_are_told_apart_in_one_answer(database_url: str) -> None:
    # NOW is 07:00 WIB: ten hours before is yesterday.
    write(
        database_url,
        step("laksa", "L-1", "menunggu", -600, "pju"),
        step("siaga-112", "S-1", "diterima", -30, "banjir"), step("siaga-112", "S-1", "dikirim", -27, "banjir"),
        step("siaga-112", "S-1", "tiba", -18, "banjir"), step("siaga-112", "S-1", "tiba", -16, "banjir"),
        step("siaga-112", "S-2", "diterima", -20, "prank"),
        step("siaga-112", "S-2", "ditutup", -19, "prank", is_open=False),
        step("siaga-112", "S-3", "diterima", -1000, "banjir"),
        step("siaga-112", "S-3", "ditutup", -900, "banjir", is_open=False),
    )  # fmt: skip
    counts = [tuple(row.values())[:6] for row in answer(database_url, "service_counts")]
    assert counts == [
        ("laksa", "menunggu", "pju", 1, 0, 0),
        ("siaga-112", "ditutup", "prank", 0, 1, 1),
        ("siaga-112", "tiba", "banjir", 1, 1, 0),
    ]
    days = [
        (row["service"], row["category"], row["day"].day, row["opened"]) for row in answer(database_url, "service_days")
    ]
    assert days == [
        ("laksa", "pju", 20, 1), ("siaga-112", "banjir", 20, 1), ("siaga-112", "banjir", 21, 1),
        ("siaga-112", "prank", 21, 1),
    ]  # fmt: skip
    opened = [(row["service"], row["status"]) for row in answer(database_url, "service_open")]
    assert opened == [("laksa", "menunggu"), ("siaga-112", "tiba")]
    recent = [row["case_id"] for row in answer(database_url, "service_recent")]
    assert recent == ["L-1", "S-2", "S-1", "S-3"]
    steps = answer(database_url, "service_steps")
    assert [(row["case_id"], row["status"], (row["at"] - NOW).total_seconds() / 60) for row in steps] == [
        ("S-1", "diterima", -30), ("S-1", "dikirim", -27), ("S-1", "tiba", -18),
        ("S-2", "diterima", -20), ("S-2", "ditutup", -19),
    ]  # fmt: skip


def test_the_newest_of_a_rare_category_is_found_behind_many_calls(database_url: str) -> None:
    calls = (step("siaga-112", f"S-{n}", "diterima", -n, "prank") for n in range(9))
    write(database_url, *calls, step("siaga-112", "S-99", "diterima", -3000, "kebakaran"))
    found = [row["case_id"] for row in answer(database_url, "service_recent")]
    assert found == [*(f"S-{n}" for n in range(6)), "S-99"]


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


def test_cases_are_counted_by_the_days_they_were_opened_and_ended_on(database_url: str) -> None:
    day = 24 * 60
    write(
        database_url,
        step("laksa", "L-1", "menunggu", -60, "pju"), step("laksa", "L-2", "menunggu", -50, "pju"),
        step("laksa", "L-3", "menunggu", -3 * day, "pju"),
        step("laksa", "L-3", "selesai", -60, "pju", is_open=False),
        step("laksa", "L-4", "menunggu", -40 * day, "pju"),
        step("laksa", "L-4", "selesai", -35 * day, "pju", is_open=False),
        step("laksa", "L-5", "menunggu", -90 * day, "sampah"),
    )  # fmt: skip
    rows = answer(database_url, "score_cases")
    assert [tuple(row.values())[1:8] for row in rows] == [
        ("sampah", "menunggu", date(2026, 8, 23), None, 1, 0, 0),
        ("pju", "selesai", date(2026, 11, 18), date(2026, 11, 21), 1, 0, 1),
        ("pju", "menunggu", date(2026, 11, 21), None, 2, 2, 0),
    ]


def test_responses_are_summed_by_span(database_url: str) -> None:
    def call(case_id: str, opened: float, *after: float) -> list[Message]:
        first = message("cases", case_events=(_event(case_id, "diterima", 0, opened),))
        return [first, *(message("cases", case_events=(_event(case_id, "tiba", 2, opened + m),)) for m in after)]

    def _event(case_id: str, status: str, rank: int, minutes: float) -> CaseEvent:
        return CaseEvent("siaga-112", case_id, status, rank, True, NOW + timedelta(minutes=minutes), category="medis")

    day = 24 * 60
    calls = [call("S-1", -60, 9, 12), call("S-2", -900, 15), call("S-3", -3 * day, 6), call("S-4", -20 * day, 30)]
    write(database_url, *(each for found in [*calls, call("S-5", -40 * day, 99), call("S-6", -30)] for each in found))
    rows = answer(database_url, "score_response")
    assert [(row["status"], row["span"], row["n"], row["minutes"]) for row in rows] == [
        ("tiba", 1, 2, 24), ("tiba", 7, 2, 21), ("tiba", 30, 3, 51),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "agency_days", "agency_times", "case_flags", "score_cases", "score_response", "service_counts", "service_days",
        "service_open", "service_recent", "service_steps",
    ],
)  # fmt: skip
def test_a_question_about_all_services_reads_by_index_what_it_needs(database_url: str, name: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """
            INSERT INTO cases (service, case_id, status, is_open, status_at, opened_at, received_at)
            SELECT 'service-' || n %% 6, n, 'proses', n < 200, at, at, at
            FROM generate_series(1, 20000) AS n, LATERAL (SELECT %(now)s - n * interval '20 minutes' AS at) AS times
            """,
            PARAMS,
        )
        connection.execute("ANALYZE cases")
        rows = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert "Seq Scan on cases" not in plan


def bulletin(channel: str, ident: str, hours: float, severity: str = "info", **more: Any) -> Message:  # noqa: ANN401
    """One issued some hours after `NOW`; `lasts` in hours."""
    issued, lasts = NOW + timedelta(hours=hours), more.pop("lasts", None)
    expires = None if lasts is None else issued + timedelta(hours=lasts)
    found = Bulletin(
        channel, ident, f"Judul {ident}", "Isi", severity, (), None, issued, expires, alert_id=ident, **more
    )
    return message("bulletins", bulletins=(found,))


def test_the_news_are_the_newest_of_each_channel(database_url: str) -> None:
    many = (bulletin("berita", f"b-{n:02}", -n) for n in range(15))
    apart = (
        bulletin("bmkg", "old", -24 * 31),
        bulletin("bmkg", "far", -1, elsewhere=True),
        bulletin("bmkg", "ended", -1, kind="cancel", replaces=("x",)),
    )
    write(database_url, *many, bulletin("e-paper", "e", -2.5, severity="waspada"), *apart)
    found = [row["id"] for row in answer(database_url, "news")]
    assert found == ["b-00", "b-01", "b-02", "e", *(f"b-{n:02}" for n in range(3, 12))]
    last = [
        (row["channel"], (row["issued_at"] - NOW).total_seconds() / 3600)
        for row in answer(database_url, "bulletin_last")
    ]
    assert last == [("berita", 0), ("bmkg", -1), ("e-paper", -2.5)]


def test_what_ended_lately_is_told_with_how_it_ended(database_url: str) -> None:
    # NOW is 07:00 WIB: the local day is seven hours old.
    write(
        database_url,
        bulletin("bmkg", "by-clock", -5, "waspada", lasts=3),
        bulletin("bmkg", "day-before", -20, "awas", lasts=12),
        bulletin("bmkg", "long-ago", -14 * 24, "awas", lasts=12),
        bulletin("bmkg", "in-force", -2, "siaga", lasts=3),
        bulletin("bmkg", "notice", -5, "info", lasts=3),
        bulletin("bmkg", "cancelled", -4, "siaga", lasts=8),
        bulletin("bmkg", "c", -1, kind="cancel", replaces=("cancelled", "replaced", "never-heard-of")),
        bulletin("bmkg", "replaced", -6, "siaga", lasts=8),
        bulletin("bmkg", "u", -4.5, "siaga", lasts=4, kind="update", replaces=("replaced",)),
        bulletin("bmkg", "far", -5, "awas", lasts=3, elsewhere=True),
        bulletin("polres", "cancelled", -26, "waspada"),
    )
    ended = [
        (row["channel"], row["id"], row["cancelled"], (row["ended_at"] - NOW).total_seconds() / 3600)
        for row in answer(database_url, "bulletins_ended")
    ]
    assert ended == [
        ("bmkg", "u", False, -0.5), ("bmkg", "cancelled", True, -1),
        ("bmkg", "by-clock", False, -2), ("polres", "cancelled", False, -2),
        ("bmkg", "day-before", False, -8),
    ]  # fmt: skip


def test_warnings_are_counted_by_local_day_and_level(database_url: str) -> None:
    write(
        database_url,
        bulletin("bmkg", "1", -1, "waspada"), bulletin("bmkg", "2", -2, "waspada"), bulletin("bmkg", "3", -8, "awas"),
        bulletin("bmkg", "4", -1, "waspada", kind="update", replaces=("1",)), bulletin("berita", "5", -1),
        bulletin("bmkg", "6", -13 * 24 - 8, "awas"), bulletin("bmkg", "7", 1, "awas"),
    )  # fmt: skip
    days = [(row["day"], row["severity"], row["n"]) for row in answer(database_url, "bulletin_days")]
    assert days == [(date(2026, 11, 20), "awas", 1), (date(2026, 11, 21), "waspada", 2)]


@pytest.mark.parametrize("name", ["bulletins_now", "bulletins_ended", "bulletin_days", "bulletin_last", "news"])
def test_a_question_about_bulletins_reads_by_index_what_it_needs(database_url: str, name: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """
            INSERT INTO bulletins (channel, id, title, severity, issued_at, expires_at, received_at, kind, alert_id,
                                   replaces)
            SELECT 'channel-' || n %% 5, n, 'Judul', CASE WHEN n %% 5 > 1 THEN 'waspada' ELSE 'info' END, at,
                   CASE WHEN n %% 5 > 1 THEN at + interval '3 hours' END, at,
                   CASE WHEN n %% 50 = 2 THEN 'cancel' ELSE 'alert' END, n,
                   CASE WHEN n %% 50 = 2 THEN ARRAY[(n - 5)::text] ELSE '{}' END
            FROM generate_series(1, 20000) AS n, LATERAL (SELECT %(now)s - n * interval '26 minutes' AS at) AS times
            """,
            PARAMS,
        )
        connection.execute("ANALYZE bulletins")
        rows = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert "Seq Scan on bulletins" not in plan, plan


def test_feeds_add_up_over_workers(database_url: str) -> None:
    for worker, second in (("ingest-0", 5), ("ingest-1", 4)):
        with closing(writer(database_url, worker)) as room:
            room.write(
                [readings(reading("air-1", second, second)), message("prices", rejections=(Rejection("r", "d"),))]
            )
    prices, found = answer(database_url, "feeds")
    assert (prices["stream"], prices["rejected"], prices["stored"], prices["last"]) == ("prices", 2, 0, None)
    assert (found["messages"], found["stored"], found["last"]["value"]) == (2, 2, 5)


def test_only_devices_that_spoke_have_a_status(database_url: str) -> None:
    write(
        database_url, message("devices", statuses=(DeviceStatus("virtual-city", "online"),)), readings(reading("d", 0))
    )
    assert answer(database_url, "device_status") == [{"device": "virtual-city", "status": "online", "status_at": NOW}]


def forecast_of(code: str, hours: float) -> Forecast:
    at = NOW + timedelta(hours=hours)
    return Forecast("bmkg", code, at, NOW, 27.0, 80.0, 1.5, 60, "Hujan Ringan", 9.0, "NW", 90.0)


def test_the_forecast_is_of_the_step_that_has_begun_and_the_seven_after_it(database_url: str) -> None:
    found = [forecast_of("36.71.01.1001", hours) for hours in (-6, -3, -2.9, 0, 3, 18, 21, 24)]
    write(database_url, message("bulletins", forecasts=(*found, forecast_of("36.71.01.1002", 3))))
    hours = [(row["valid_at"] - NOW) / timedelta(hours=1) for row in answer(database_url, "forecast_steps")]
    assert hours == [-2.9, 0, 3, 3, 18, 21]


def test_the_newest_earthquakes_come_first(database_url: str) -> None:
    at = [NOW - timedelta(hours=hours) for hours in (3, 1, 2, -1)]
    found = tuple(Quake("bmkg", str(n), when, -7.0, 106.0, 4.5, 10.0, None, None, None) for n, when in enumerate(at))
    write(database_url, message("bulletins", quakes=found))
    assert [row["id"] for row in answer(database_url, "quakes_recent")] == ["1", "2", "0"]


def test_forecasts_and_earthquakes_say_too_when_their_channels_spoke_last(database_url: str) -> None:
    shaken = Quake("bmkg-gempa", "1", NOW - timedelta(hours=2), -6.8, 107.0, 4.8, 10.0, "Cianjur", None, None)
    write(database_url, message("bulletins", forecasts=(forecast_of("36.71.01.1001", 3),), quakes=(shaken,)))
    last = {row["channel"]: row["issued_at"] for row in answer(database_url, "bulletin_last")}
    assert last.keys() == {"bmkg-gempa", forecast_of("36.71.01.1001", 3).channel}
    assert last["bmkg-gempa"] == NOW - timedelta(hours=2)


@pytest.mark.parametrize(("name", "table"), [("forecast_steps", "forecasts"), ("quakes_recent", "quakes")])
def test_forecasts_and_earthquakes_are_read_by_their_time(database_url: str, name: str, table: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """
            INSERT INTO forecasts (subdistrict, valid_at, analysed_at, received_at, channel)
            SELECT place, %(now)s + step * interval '3 hours', %(now)s, %(now)s, 'bmkg'
            FROM generate_series(1, 104) AS place, generate_series(-60, 24) AS step
            """,
            PARAMS,
        )
        connection.execute(
            """
            INSERT INTO quakes (id, at, received_at, channel, lat, lon, magnitude)
            SELECT n, %(now)s - n * interval '4 hours', %(now)s, 'bmkg', 0, 0, 5 FROM generate_series(1, 5000) AS n
            """,
            PARAMS,
        )
        connection.execute("ANALYZE forecasts, quakes")
        rows = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    assert f"Seq Scan on {table}" not in "\n".join(row[0] for row in rows)


def test_a_question_without_a_file_is_refused(database_url: str) -> None:
    with pytest.raises(DataError, match=r"'of_nothing'\.sql|of_nothing\.sql"):
        answer(database_url, "of_nothing")


def test_the_store_outlives_the_database(own_postgres: Postgres) -> None:
    async def through_a_restart() -> None:
        store = await Store.open(own_postgres.url)
        assert not await store.schema_is_current()
        own_postgres.stop()
        with pytest.raises(DatabaseAway):
            await store.schema_is_current()
        own_postgres.start()
        assert not await store.schema_is_current()
        own_postgres.stop_at_once()  # with a connection lying idle that now leads nowhere
        own_postgres.start()
        assert not await store.schema_is_current()
        await store.close()
        with pytest.raises(DataError):
            await store.schema_is_current()

    asyncio.run(through_a_restart())


def test_a_migrated_schema_is_current(database_url: str) -> None:
    async def once() -> bool:
        store = await Store.open(database_url)
        try:
            return await store.schema_is_current()
        finally:
            await store.close()

    assert asyncio.run(once())
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM schema_migrations")
    assert not asyncio.run(once())


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
