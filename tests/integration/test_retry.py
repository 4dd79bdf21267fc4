"""What was put aside is read again once it can be understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from data.records import Message
from data.rejected import RejectedMessages
from data.writer import Writer
from ingest.delivery import Delivery
from ingest.retry import retry
from ingest.sorting import Sorter
from sensors.city import City, load_city
from tests.batches import NOW, ask, writer

GOODS = "tangerang/prices/pasar-anyar"
PRICE = b'{"observed_at":"2026-11-20T23:00:00Z","prices":[{"commodity":"beras-medium","price":13400,"unit":"kg"}]}'


@pytest.fixture
def room(database_url: str) -> Iterator[Writer]:
    made = writer(database_url)
    yield made
    made.close()


@pytest.fixture
def rejected(database_url: str) -> Iterator[RejectedMessages]:
    made = RejectedMessages(database_url)
    yield made
    made.close()


def delivered(city: City, topic: str, payload: bytes) -> Message:
    return Sorter(city).take_apart(Delivery(topic, payload, len(payload), NOW, False, 1, 1, 0))


COUNTED = "SELECT sum(messages)::int, sum(rejected)::int FROM feeds"


def reasons(url: str) -> list[tuple[str, int]]:
    return [(reason, times) for reason, times in ask(url, "SELECT reason, times FROM rejected_messages ORDER BY 1")]


def test_what_the_pack_has_learnt_is_taken_in_and_the_rest_stays(
    database_url: str, room: Writer, rejected: RejectedMessages
) -> None:
    city = load_city("tangerang")
    ignorant = replace(city, commodities={k: v for k, v in city.commodities.items() if k != "beras-medium"})
    room.write([delivered(ignorant, GOODS, PRICE), delivered(ignorant, "tangerang/readings/a", b"{")])
    assert reasons(database_url) == [("bad-json", 1), ("unknown-commodity", 1)]
    assert retry(rejected, Sorter(ignorant).take_apart, room) == (0, 2)
    assert retry(rejected, Sorter(city).take_apart, room, "bad-json") == (0, 1)
    assert retry(rejected, Sorter(city).take_apart, room) == (1, 1)
    assert retry(rejected, Sorter(city).take_apart, room) == (0, 1)
    assert reasons(database_url) == [("bad-json", 1)]
    assert ask(database_url, "SELECT market, commodity, price::int FROM prices") == [
        ("pasar-anyar", "beras-medium", 13400)
    ]


def test_what_is_refused_for_another_reason_now_is_read_and_counted_once(
    database_url: str, room: Writer, rejected: RejectedMessages
) -> None:
    city = load_city("tangerang")
    ignorant = replace(city, commodities={k: v for k, v in city.commodities.items() if k != "beras-medium"})
    by_litres = replace(city, commodities={k: replace(v, unit="l") for k, v in city.commodities.items()})
    room.write([delivered(ignorant, GOODS, PRICE)])
    counted = ask(database_url, COUNTED)
    assert retry(rejected, Sorter(by_litres).take_apart, room) == (0, 1)
    assert reasons(database_url) == [("unit-mismatch", 1)]
    assert ask(database_url, COUNTED) == counted == [(1, 1)]


def test_our_own_mistake_with_one_message_keeps_nobody_from_the_others(
    database_url: str, room: Writer, rejected: RejectedMessages, caplog: pytest.LogCaptureFixture
) -> None:
    city = load_city("tangerang")
    ignorant = replace(city, commodities={k: v for k, v in city.commodities.items() if k != "beras-medium"})
    room.write([delivered(ignorant, "tangerang/readings/a", b"{"), delivered(ignorant, GOODS, PRICE)])

    def stumble(delivery: Delivery) -> Message:
        return Sorter(city).take_apart(delivery) if delivery.topic == GOODS else {}["oops"]

    assert retry(rejected, stumble, room) == (1, 1)
    assert reasons(database_url) == [("internal", 1)]
    assert "could not take apart" in caplog.text


def test_a_payload_that_was_cut_stays_as_it_is(database_url: str, room: Writer, rejected: RejectedMessages) -> None:
    city = load_city("tangerang")
    cut = Delivery("tangerang/readings/a", PRICE, 300_000, NOW, False, 1, 1, 0)
    room.write([Sorter(city).take_apart(cut)])
    assert retry(rejected, Sorter(city).take_apart, room) == (0, 1)
    assert reasons(database_url) == [("oversize", 1)]
