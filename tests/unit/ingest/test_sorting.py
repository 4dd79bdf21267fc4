"""What becomes of every sort of message: taken, taken in part, or put aside by name - and never an exception."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta

import pytest

from data.records import Message
from ingest.delivery import KEPT_OF_OVERSIZE, LARGEST_PAYLOAD, Delivery
from ingest.sorting import Sorter, take_apart_anyhow
from ingest.streams import STREAMS
from sensors.city import City
from tests.cap import alert, info

NOW = datetime(2026, 11, 21, 0, 0, 5, tzinfo=UTC)
AT = "2026-11-21T07:00:00+07:00"
READING = {"observed_at": AT, "values": {"pm25": 40.2, "pm10": "61"}}
PRICES = {"observed_at": AT, "prices": [{"commodity": "beras-medium", "price": 13400, "unit": "kg"}]}
CASE = {
    "case_id": "LAKSA-2026-000123", "status": "menunggu", "at": AT, "category": "pju", "subdistrict": "36.71.07.1004",
    "lat": -6.19, "lon": 106.61, "agency": "dishub", "priority": "normal", "channel": "app",
    "summary": "Lampu jalan padam",
}  # fmt: skip
BULLETIN = {
    "id": "b-1", "title": "Hujan lebat", "issued_at": AT, "expires_at": "2026-11-22T07:00:00+07:00",
    "severity": "waspada", "areas": ["36.71.04"], "url": "https://example.org/b-1",
}  # fmt: skip
EXAMPLES = {
    "readings": ("tangerang/readings/air-tanah-tinggi", READING),
    "prices": ("tangerang/prices/pasar-anyar", PRICES),
    "cases": ("tangerang/cases/laksa", CASE),
    "bulletins": ("tangerang/bulletins/bmkg", BULLETIN),
    "devices": ("tangerang/devices/virtual-city/status", b"online"),
}


@pytest.fixture
def sorter(city: City) -> Sorter:
    return Sorter(city)


def sort(sorter: Sorter, topic: str, payload: object, *, size: int | None = None) -> Message:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return sorter.take_apart(Delivery(topic, body, len(body) if size is None else size, NOW, False, 1, 1, 0))


def reasons(message: Message) -> list[str]:
    return [rejection.reason for rejection in message.rejections]


def items(message: Message) -> int:
    held = (message.readings, message.prices, message.case_events, message.bulletins, message.statuses)
    return sum(map(len, held))


def test_every_stream_has_an_example_here() -> None:
    assert set(STREAMS) == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(STREAMS))
def test_every_stream_takes_its_example_whole(sorter: Sorter, name: str) -> None:
    message = sort(sorter, *EXAMPLES[name])
    assert (message.stream, message.rejections) == (name, ())
    assert items(message) >= 1


@pytest.mark.parametrize("name", sorted(STREAMS))
def test_no_stream_falls_over_damaged_examples(sorter: Sorter, name: str) -> None:
    chance = random.Random(name)
    topic, payload = EXAMPLES[name]
    whole = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        message = sort(sorter, topic, bytes(damaged[: chance.randrange(1, len(damaged) + 1)]))
        assert items(message) or message.skipped or message.rejections


def test_a_reading_is_read_as_it_was_sent(sorter: Sorter) -> None:
    message = sort(sorter, *EXAMPLES["readings"])
    found = {(reading.device, reading.kind, reading.value) for reading in message.readings}
    assert found == {("air-tanah-tinggi", "pm25", 40.2), ("air-tanah-tinggi", "pm10", 61.0)}
    assert {reading.observed_at for reading in message.readings} == {datetime(2026, 11, 21, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("topic", "payload", "reason"),
    [
        ("tangerang/readings/dev-1", b"{", "bad-json"),
        ("tangerang/readings/dev-1", b"\xff\xfe\x00", "bad-json"),
        ("tangerang/readings/dev-1", b'{"observed_at": 1795219200, "values": {"pm25": NaN}}', "bad-json"),
        ("tangerang/readings/dev-1", b"", "empty"),
        ("tangerang/readings/dev-1", READING | {"observed_at": "2026-11-21T07:00:00"}, "bad-time"),
        ("tangerang/readings/dev-1", READING | {"observed_at": "2126-11-21T07:00:00Z"}, "future-time"),
        ("tangerang/readings/dev-1", READING | {"observed_at": "1970-01-01T00:00:00Z"}, "too-old"),
        ("tangerang/readings/dev-1", READING | {"values": {"pm2.5": 4}}, "unknown-kind"),
        ("tangerang/readings/dev-1", READING | {"values": {"pm25": -4}}, "out-of-range"),
        ("tangerang/readings/dev-1", READING | {"values": {"pm25": True}}, "bad-value"),
        ("tangerang/readings/Dev 1", READING, "bad-id"),
        ("tangerang/readings/dev-1/more", READING, "unknown-topic"),
        ("tangerang/readings", READING, "unknown-topic"),
        ("tangerang", READING, "unknown-topic"),
        ("elsewhere/readings/dev-1", READING, "unknown-topic"),
        ("tangerang/prices/pasar-anyar", [], "bad-message"),
        ("tangerang/prices/pasar-anyar", {"observed_at": AT}, "no-values"),
        ("tangerang/prices/pasar-anyar", PRICES | {"observed_at": "soon"}, "bad-time"),
        ("tangerang/cases/siaga-xyz", CASE, "unknown-service"),
        ("tangerang/cases/laksa", CASE | {"status": "entah"}, "unknown-status"),
        ("tangerang/cases/laksa", CASE | {"category": "entah"}, "unknown-category"),
        ("tangerang/cases/laksa", CASE | {"category": {}}, "unknown-category"),
        ("tangerang/cases/laksa", CASE | {"agency": "entah"}, "unknown-agency"),
        ("tangerang/cases/laksa", CASE | {"subdistrict": "36.71.99.1004"}, "unknown-subdistrict"),
        ("tangerang/cases/laksa", CASE | {"lat": "north"}, "bad-value"),
        ("tangerang/cases/laksa", CASE | {"lat": None}, "bad-value"),
        ("tangerang/cases/laksa", CASE | {"lat": 91}, "out-of-range"),
        ("tangerang/cases/laksa", CASE | {"case_id": ""}, "bad-value"),
        ("tangerang/cases/laksa", CASE | {"case_id": "x" * 65}, "bad-value"),
        ("tangerang/cases/laksa", CASE | {"summary": "a\0b"}, "bad-value"),
        ("tangerang/cases/laksa", b'{"summary": "\\ud800"}', "bad-json"),
        ("tangerang/bulletins/bmkg", BULLETIN | {"severity": "gawat"}, "bad-value"),
        ("tangerang/bulletins/bmkg", BULLETIN | {"url": "javascript:alert(1)"}, "bad-value"),
        ("tangerang/bulletins/bmkg", BULLETIN | {"areas": ["Cipondoh"]}, "bad-value"),
        ("tangerang/bulletins/bmkg", BULLETIN | {"expires_at": "2026-11-20T07:00:00Z"}, "bad-time"),
        ("tangerang/bulletins/bmkg", b"<!DOCTYPE a><alert/>", "bad-xml"),
        ("tangerang/bulletins/bmkg", b"<alert/>", "bad-cap"),
        ("tangerang/devices/virtual-city/status", b"perhaps", "bad-value"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_by_name(sorter: Sorter, topic: str, payload: object, reason: str) -> None:
    message = sort(sorter, topic, payload)
    assert set(reasons(message)) == {reason}
    assert message.rejections[0].detail
    assert "\n" not in message.rejections[0].detail


def test_what_is_good_in_a_message_is_kept(sorter: Sorter) -> None:
    message = sort(
        sorter, "tangerang/readings/d", READING | {"values": {"pm25": 4, "x": 1, "pm10": None, "noise": "x"}}
    )
    assert [reading.kind for reading in message.readings] == ["pm25"]
    assert (reasons(message), message.skipped) == (["unknown-kind", "bad-value"], 1)


def test_a_price_is_refused_alone(sorter: Sorter) -> None:
    lines = [
        {"commodity": "beras-medium", "price": "13400 ", "unit": "kg"},
        {"commodity": "beras-medium", "price": 13400, "unit": "liter"},
        {"commodity": "emas", "price": 1, "unit": "kg"},
        {"commodity": "beras-premium", "price": None, "unit": "kg"},
        {"commodity": "beras-premium", "price": 0, "unit": "kg"},
        7,
    ]
    message = sort(sorter, "tangerang/prices/pasar-lain", PRICES | {"prices": lines})
    assert [(str(price.price), price.market) for price in message.prices] == [("13400.00", "pasar-lain")]
    assert reasons(message) == ["unit-mismatch", "unknown-commodity", "out-of-range", "bad-message"]
    assert message.skipped == 1


def test_an_oversize_payload_is_refused_by_its_size(sorter: Sorter) -> None:
    message = sort(sorter, "tangerang/readings/d", b"x" * KEPT_OF_OVERSIZE, size=LARGEST_PAYLOAD + 1)
    assert (reasons(message), message.payload_bytes) == (["oversize"], LARGEST_PAYLOAD + 1)


def test_the_edge_of_retention_is_still_taken(sorter: Sorter, city: City) -> None:
    edge = NOW - timedelta(days=city.retention_days) + timedelta(seconds=1)
    message = sort(sorter, "tangerang/readings/d", READING | {"observed_at": edge.isoformat()})
    assert (len(message.readings), message.rejections) == (2, ())


def test_a_cleared_status_takes_the_word_back(sorter: Sorter) -> None:
    assert sort(sorter, "tangerang/devices/d/status", b"").statuses[0].status is None


def test_a_summary_names_no_one(sorter: Sorter) -> None:
    message = sort(
        sorter, "tangerang/cases/laksa", CASE | {"summary": "hubungi 0812-3456-7890", "nama": "Seorang Warga"}
    )
    assert message.case_events[0].summary == "hubungi •••"


def test_a_rejected_case_names_no_one(sorter: Sorter) -> None:
    case = CASE | {"status": "0812-3456-7890", "nama": "Seorang Warga", "summary": "ke 0812-3456-7890"}
    message = sort(sorter, "tangerang/cases/laksa", case | {"agency": "081234567890"})
    assert reasons(message) == ["unknown-status"]
    assert b"Warga" not in message.payload
    assert "3456" not in message.rejections[0].detail


def test_an_unknown_device_or_market_is_welcome(sorter: Sorter) -> None:
    assert not sort(sorter, "tangerang/readings/never-heard-of", READING).rejections
    assert not sort(sorter, "tangerang/prices/never-heard-of", PRICES).rejections


def test_a_bulletin_names_no_one_and_what_is_played_says_so(sorter: Sorter) -> None:
    bulletin = BULLETIN | {"title": "Hubungi 0812-3456-7890", "body": "pukul 08.00-16.00, NIK 3671071234567890"}
    (found,) = sort(sorter, "tangerang/bulletins/polres", bulletin).bulletins
    assert (found.title, found.body) == ("Hubungi •••", "pukul 08.00-16.00, NIK •••")
    played = alert(
        sent=NOW, infos=info(sent=NOW).replace("Badan Meteorologi Klimatologi dan Geofisika", "BMKG (simulasi)")
    )
    (found,) = sort(sorter, "tangerang/bulletins/bmkg", played).bulletins
    assert found.source == "BMKG (simulasi)"
    (found,) = sort(sorter, "tangerang/bulletins/bmkg", alert(sent=NOW, infos=info(sent=NOW))).bulletins
    assert found.source == "BMKG"


def test_a_leap_is_stored_and_doubted(city: City) -> None:
    sorter = Sorter(city)
    found = []
    for minute, value in ((1, 20.0), (2, 900.0)):
        at = NOW - timedelta(minutes=10 - minute)
        body = json.dumps({"observed_at": at.isoformat(), "values": {"pm25": value, "rain": 0.2}}).encode()
        found.append(sorter.take_apart(Delivery("tangerang/readings/x", body, len(body), NOW, False, 1, 1, 0)))
    assert [len(each.readings) for each in found] == [2, 2]
    assert [[(doubt.kind, doubt.doubt) for doubt in each.doubts] for each in found] == [[], [("pm25", "leap")]]


@pytest.mark.parametrize("topic", ["tangerang/cases/laksa", "tangerang/cases/laksa/baru", "tangerang/cases"])
def test_whatever_becomes_of_a_case_its_kept_payload_names_nobody(sorter: Sorter, topic: str) -> None:
    message = sort(sorter, topic, CASE | {"nama": "Seorang Warga", "summary": "hubungi 0812-3456-7890"})
    assert bool(message.rejections) is (topic != "tangerang/cases/laksa")
    assert b"Seorang" not in message.payload
    assert b"0812" not in message.payload


def test_our_own_mistake_with_a_case_keeps_nobody_s_name_either() -> None:
    def stumble(_: Delivery) -> Message:
        raise KeyError("oops")

    body = json.dumps(CASE | {"nama": "Seorang Warga"}).encode()
    message = take_apart_anyhow(stumble, Delivery("tangerang/cases/laksa", body, len(body), NOW, False, 1, 1, 0))
    assert reasons(message) == ["internal"]
    assert b"Seorang" not in message.payload
