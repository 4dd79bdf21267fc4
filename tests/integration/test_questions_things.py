"""What the questions about single things answer: courses of every span, what is usual, who is how old."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from data.components import Component
from data.records import DeviceStatus, Message, Price, Rejection
from data.retries import request_retry
from tests.asking import answer, write
from tests.batches import NOW, message, reading, readings

pytestmark = pytest.mark.integration
DAY = 86_400


@pytest.mark.parametrize(
    ("span", "seconds", "steps", "counts"),
    [
        ("6h", [-30, -50, -90, -7 * 3600], 60, [1, 2]),
        ("24h", [-30, -200, -400, -25 * 3600], 300, [1, 2]),
        ("7d", [-30, -1800, -3700, -8 * DAY], 3600, [1, 2]),
        ("30d", [-30, -6000, -8000, -31 * DAY], 7200, [1, 2]),
        ("1y", [-30, -60, -2 * DAY, -400 * DAY], DAY, [1, 2]),
    ],
)
def test_a_course_has_the_steps_of_its_span_and_nothing_before(
    database_url: str, span: str, seconds: list[int], steps: int, counts: list[int]
) -> None:
    write(database_url, readings(*(reading("air-1", second, 10.0 * i) for i, second in enumerate(seconds, 1))))
    rows = answer(database_url, "series_course", range=span)
    assert [row["n"] for row in rows] == counts
    assert (rows[-1]["total"], rows[-1]["low"], rows[-1]["high"]) == (30, 10, 20)
    assert all(row["observed_at"] == NOW - timedelta(seconds=30) for row in rows)
    assert ((rows[1]["bucket"] - rows[0]["bucket"]) / timedelta(seconds=steps)).is_integer()


def test_no_course_is_longer_than_a_picture_can_show(database_url: str) -> None:
    write(database_url, readings(*(reading("air-1", -60 * minute, 1.0) for minute in range(3 * 1440))))
    assert (
        max(len(answer(database_url, "series_course", range=span)) for span in ("6h", "24h", "7d", "30d", "1y")) <= 600
    )


def test_a_course_is_of_one_device_and_of_all_it_measures(database_url: str) -> None:
    write(database_url, readings(reading("air-1", -60, 1), reading("air-1", -60, 2, "pm10"), reading("air-2", -60, 3)))
    assert [(row["kind"], row["total"]) for row in answer(database_url, "series_course")] == [("pm10", 2), ("pm25", 1)]
    assert answer(database_url, "series_course", device="nobody") == []


def test_usual_is_the_middle_half_of_the_same_local_hour(database_url: str) -> None:
    # NOW is 07.00 WIB: the hour before it is 6, on five days; today's, which is not over, is not among them.
    days = [(1, 10), (2, 20), (3, 30), (4, 40), (5, 50)]
    found = [reading("air-1", -day * DAY - 1800, value) for day, value in days]
    write(database_url, readings(*found, reading("air-1", 600, 999), reading("air-1", -29 * DAY - 1800, 999)))
    [row] = answer(database_url, "series_usual", now=NOW + timedelta(minutes=20))
    assert (row["kind"], row["hour"], row["days"]) == ("pm25", 6, 5)
    assert (row["low"], row["middle"], row["high"]) == (20, 30, 40)


def test_extremes_name_the_hour_in_which_they_were(database_url: str) -> None:
    write(database_url, readings(reading("air-1", -2 * DAY, 90), reading("air-1", -3600, 5), reading("air-1", -60, 30)))
    [row] = answer(database_url, "series_extremes")
    assert (row["high"], row["low"], row["days"]) == (90, 5, 2)
    assert row["high_at"] == NOW - timedelta(days=2)
    assert row["low_at"] == NOW - timedelta(hours=1)


def test_rain_is_summed_at_the_placed_gauges(database_url: str) -> None:
    fallen = [reading("gauge-1", second, 1.5, "rain") for second in (-60, -120, -3700)]
    write(database_url, readings(*fallen, reading("unplaced", -60, 9, "rain")))
    rows = answer(database_url, "rain_course", range="24h")
    assert [(row["device"], row["mm"]) for row in rows] == [("gauge-1", 1.5), ("gauge-1", 3.0)]


def test_every_device_is_listed_with_the_age_of_its_newest(database_url: str) -> None:
    write(
        database_url,
        readings(reading("air-1", -150, 1), reading("air-1", -300, 2), reading("unplaced", -60, 3, "noise")),
        message("devices", statuses=(DeviceStatus("only-hello", "offline"),)),
    )
    rows = {row["device"]: row for row in answer(database_url, "device_list")}
    assert [(key, row["kind"], row["value"], row["minutes"]) for key, row in rows.items()] == [
        ("air-1", "pm25", 1, 2),
        ("only-hello", None, None, None),
        ("unplaced", "noise", 3, 1),
    ]
    assert rows["only-hello"]["status"] == "offline"
    assert [(row["kind"], row["minutes"]) for row in answer(database_url, "device_now", device="air-1")] == [
        ("pm25", 2)
    ]
    assert answer(database_url, "device_now", device="nobody") == []


def test_the_hours_of_a_day_are_the_last_24_whole_ones(database_url: str) -> None:
    seconds = [-60, -120, -3700, -24 * 3600 + 60, -24 * 3600 - 60, 60]
    write(database_url, readings(*(reading("air-1", second, 1) for second in seconds)))
    assert [row["hours"] for row in answer(database_url, "device_hours", now=NOW + timedelta(minutes=5))] == [[1, 1, 2]]


def test_a_reason_is_counted_with_its_newest_example(database_url: str) -> None:
    first = message("readings", rejections=(Rejection("bad-value", "first"),))
    again = message("readings", topic="tangerang/readings/y", received_at=NOW + timedelta(hours=2),
                    rejections=(Rejection("bad-value", "second"),))  # fmt: skip
    write(database_url, first, first, again)
    [row] = answer(database_url, "rejected_reasons", now=NOW + timedelta(hours=25))
    assert (row["reason"], row["stream"], row["times"], row["times_24h"]) == ("bad-value", "readings", 3, 1)
    assert (row["topic"], row["detail"]) == ("tangerang/readings/y", "second")


def test_refused_messages_come_newest_first_of_one_reason_or_of_all_and_only_their_beginning(database_url: str) -> None:
    def bad(reason: str, minutes: int, payload: bytes) -> Message:
        return message("readings", payload=payload, payload_bytes=len(payload), rejections=(Rejection(reason, "d"),),
                       received_at=NOW + timedelta(minutes=minutes))  # fmt: skip

    long = b"x" * 5000
    write(database_url, bad("empty", 1, b""), bad("bad-json", 2, long), *(bad("old", 0, b"%d" % n) for n in range(30)))
    first, second, *others = answer(database_url, "rejected_messages")
    assert (first["reason"], first["payload"], first["kept_bytes"], first["payload_bytes"]) == (
        "bad-json", long[:2400], 5000, 5000,
    )  # fmt: skip
    assert (second["payload"], second["messages"], len(others)) == (b"", 32, 18)
    [only] = answer(database_url, "rejected_messages", reason="empty")
    assert (only["reason"], only["messages"], only["topic"]) == ("empty", 1, "tangerang/readings/x")
    assert answer(database_url, "rejected_messages", reason="never") == []


def test_the_newest_request_is_told_and_whether_anybody_would_do_it(database_url: str) -> None:
    now = datetime.now(UTC)
    [row] = answer(database_url, "retry_state", now=now)
    assert (row["beats"], row["requested_at"]) == (False, None)
    with closing(Component(database_url, "maintenance", "maintenance-0")) as component:
        component.beat({}, "", changed=False)
    asyncio.run(request_retry(database_url, None))
    asyncio.run(request_retry(database_url, "empty"))
    [row] = answer(database_url, "retry_state", now=now)
    assert (row["beats"], row["reason"], row["done_at"]) == (True, "empty", None)
    for seconds, beats in ((1, True), (60, False)):
        later = now + timedelta(seconds=seconds)
        assert answer(database_url, "retry_state", now=later)[0]["beats"] is beats
        assert [each["beats"] for each in answer(database_url, "components", now=later)] == [beats]


def test_a_price_of_a_day_is_its_last_and_of_a_year_the_weeks(database_url: str) -> None:
    # NOW is Saturday 07.00 WIB.
    def price(hours: float, value: int, market: str = "pasar-anyar") -> Price:
        return Price(market, "beras-medium", Decimal(value), "kg", NOW + timedelta(hours=hours))

    write(database_url, message("prices", prices=(price(-1, 13_000), price(0, 13_500), price(-48, 12_000),
                                                  price(-1, 99, "pasar-lain"))))  # fmt: skip
    days = answer(database_url, "price_course", commodity="beras-medium")
    assert [(row["day"].day, row["price"]) for row in days] == [(19, 12_000), (21, 13_500)]
    weeks = answer(database_url, "price_course", commodity="beras-medium", period="1y")
    assert [(row["day"].day, row["price"]) for row in weeks] == [(16, 13_500)]
