"""What the questions about market prices answer, and that they read only the days they are about."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import psycopg
import pytest

from data.queries import questions
from data.records import Message, Price
from tests.asking import PARAMS, answer, write
from tests.batches import NOW, message

pytestmark = pytest.mark.integration


def price(market: str, days_ago: float, rupiah: int, commodity: str = "beras-medium") -> Message:
    found = Price(market, commodity, Decimal(rupiah), "kg", NOW - timedelta(days=days_ago))
    return message("prices", prices=(found,))


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
