"""The writer's promises, each against a real TimescaleDB."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import psycopg
import pytest
from msgspec.structs import replace

from data.batch import write_batch
from data.columns import register_columns
from data.dictionaries import Dictionaries
from data.errors import DatabaseAway
from data.records import Bulletin, DeviceStatus, Doubt, Message, Price, Rejection
from data.writer import Writer
from tests.batches import NOW, WIB, ask, case, message, reading, readings, rollup_differences, writer
from tests.ingesting import until

pytestmark = pytest.mark.integration


@pytest.fixture
def room(database_url: str) -> Iterator[Writer]:
    """A writer of this test's database."""
    with closing(writer(database_url)) as made:
        yield made


def scattered(seed: int, count: int) -> list[Message]:
    """Readings over three days in no order, some of them twice."""
    chance = random.Random(seed)
    made = [
        readings(
            *(
                reading(f"d-{chance.randrange(20)}", -chance.randrange(3 * 86_400), chance.randrange(100), kind)
                for kind in ("pm25", "rain")
            )
        )
        for _ in range(count)
    ]
    return made + chance.sample(made, count // 5)


def test_a_redelivered_batch_changes_nothing(database_url: str, room: Writer) -> None:
    batch = scattered(1, 200)
    first = room.write(batch)
    before = ask(database_url, "SELECT * FROM rollup_day ORDER BY 1, 2, 3")
    again = room.write([replace(entry, redelivered=True) for entry in batch])
    assert first.counts["readings", "stored"] == ask(database_url, "SELECT count(*) FROM readings")[0][0]
    assert again.counts["readings", "stored"] == 0
    assert again.counts["readings", "duplicates"] == 480
    assert ask(database_url, "SELECT * FROM rollup_day ORDER BY 1, 2, 3") == before
    assert rollup_differences(database_url) == []


def test_late_readings_repair_their_aggregates(database_url: str, room: Writer) -> None:
    for seed in range(4):
        room.write(scattered(seed, 50))
        assert rollup_differences(database_url) == []
    newest = "SELECT device_id, kind_id, max(observed_at) FROM {} GROUP BY 1, 2 ORDER BY 1, 2"
    assert ask(database_url, newest.format("latest_readings")) == ask(database_url, newest.format("readings"))


def test_a_day_is_the_citys_day(database_url: str, room: Writer) -> None:
    # 16:59 UTC is 23:59 WIB, 17:00 UTC the next day's midnight.
    room.write([readings(reading("d", -7 * 3600 - 60)), readings(reading("d", -7 * 3600))])
    days = ask(database_url, "SELECT bucket, n FROM rollup_day ORDER BY bucket")
    assert days == [(NOW - timedelta(hours=31), 1), (NOW - timedelta(hours=7), 1)]


def test_two_writers_at_once_neither_deadlock_nor_double(database_url: str) -> None:
    batches = [scattered(seed, 300) for seed in (1, 1, 2, 2, 3, 3)]

    def work(worker: str) -> None:
        with closing(writer(database_url, worker)) as mine:
            for batch in random.Random(worker).sample(batches, len(batches)):
                mine.write(batch)

    with ThreadPoolExecutor(2) as both:
        list(both.map(work, ["ingest-0", "ingest-1"]))
    assert rollup_differences(database_url) == []
    stored = ask(database_url, "SELECT sum(stored), sum(messages) FROM feeds")
    assert stored == [(ask(database_url, "SELECT count(*) FROM readings")[0][0], 2 * 6 * 360)]


def test_a_poisoned_message_is_put_aside_and_the_others_are_kept(database_url: str, room: Writer) -> None:
    poison = message("cases", payload=b"poison", case_events=(case("menunggu", 0, case_id="a\0b").case_events))
    lone = message("cases", payload=b"lone", case_events=(case("menunggu", 0, case_id="a\ud800").case_events))
    batch = [readings(reading("d", second)) for second in range(100)]
    batch[70:70] = [poison]
    batch[10:10] = [lone]
    outcome = room.write(batch)
    assert ask(database_url, "SELECT count(*) FROM readings") == [(100,)]
    found = ask(database_url, "SELECT payload, reason FROM rejected_messages ORDER BY 1")
    assert found == [(b"lone", "database"), (b"poison", "database")]
    assert outcome.reasons == {"database": 2}
    assert outcome.counts["readings", "stored"] == 100
    assert rollup_differences(database_url) == []


def test_a_number_too_large_for_its_column_is_put_aside(database_url: str, room: Writer) -> None:
    price = Price("pasar-anyar", "beras-medium", Decimal("1e12"), "kg", NOW)
    room.write([message("prices", prices=(price,)), readings(reading("d", 0))])
    assert ask(database_url, "SELECT reason FROM rejected_messages") == [("database",)]
    assert ask(database_url, "SELECT count(*) FROM readings") == [(1,)]


def test_so_many_unknown_devices_and_no_more(database_url: str) -> None:
    with closing(writer(database_url, placed=["known"], most_unplaced=10)) as small:
        outcome = small.write([readings(reading(f"d-{number}", 0)) for number in range(15)])
        assert outcome.reasons == {"too-many-devices": 5}
        outcome = small.write([readings(reading(device, 1)) for device in ("known", "d-0", "new")])
        assert outcome.reasons == {"too-many-devices": 1}
    assert ask(database_url, "SELECT count(*) FROM devices") == [(11,)]
    assert ask(database_url, "SELECT count(*) FROM readings") == [(12,)]


def test_ten_thousand_unknown_devices_are_taken_in(database_url: str, room: Writer) -> None:
    room.write([readings(reading(f"d-{number}", 0)) for number in range(10_000)])
    assert ask(database_url, "SELECT count(*) FROM latest_readings") == [(10_000,)]


def life(case_id: str) -> list[Message]:
    """All that happened to one case."""
    return [
        case("menunggu", 0, case_id, category="pju", summary="Lampu padam", lat=-6.1, lon=106.6),
        case("proses", 10, case_id, agency="dishub", lat=-6.2),
        case("proses", 20, case_id, summary="Lampu jalan padam"),
        case("selesai", 30, case_id),
    ]


def test_a_case_is_what_its_events_say_in_whatever_order_they_come(database_url: str, room: Writer) -> None:
    orders = list(itertools.permutations(range(4)))
    for number, order in enumerate(orders):
        events = life(f"L-{number}")
        for turn, place in enumerate(order):
            came = replace(events[place], received_at=NOW + timedelta(seconds=turn))
            room.write([came, came])
        room.write(events)
    found = ask(
        database_url,
        """SELECT status, is_open, status_at, opened_at, category, agency, summary, lat, lon, count(*) FROM cases
           GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9""",
    )
    end = NOW + timedelta(minutes=30)
    assert found == [("selesai", False, end, NOW, "pju", "dishub", "Lampu jalan padam", -6.1, 106.6, len(orders))]
    assert ask(database_url, "SELECT count(*) FROM case_events") == [(4 * len(orders),)]


def test_of_two_events_of_one_instant_the_later_status_holds(database_url: str, room: Writer) -> None:
    room.write([case("selesai", 0)])
    room.write([case("menunggu", 0)])
    assert ask(database_url, "SELECT status FROM cases") == [("selesai",)]


def test_of_two_writers_with_events_of_one_case_the_second_sees_both(database_url: str, room: Writer) -> None:
    def somebody_waits() -> bool:
        waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return bool(ask(database_url, waiting))

    room.write([case("menunggu", 0, "L-0")])  # so that neither waits for the other to make the day's chunk
    with ThreadPoolExecutor(1) as other, psycopg.connect(database_url, autocommit=True) as mine:
        register_columns(mine)
        known = Dictionaries(mine, (), 10)
        with mine.transaction():
            write_batch(mine, known, "ingest-1", WIB, [case("menunggu", 0)])
            second = other.submit(room.write, [case("proses", 10)])
            until(somebody_waits, "the second writer to wait for the first")
        second.result(timeout=20)
    found = ask(database_url, "SELECT status, opened_at, status_at FROM cases WHERE case_id = 'L-1'")
    assert found == [("proses", NOW, NOW + timedelta(minutes=10))]


def test_two_writers_of_the_same_rows_in_opposite_order_do_not_deadlock(database_url: str) -> None:
    start = Barrier(2, timeout=20)

    def work(step: int) -> None:
        with closing(writer(database_url, f"ingest-{step}")) as mine:
            for turn in range(8):
                batch = [readings(reading(f"d-{number}", turn)) for number in range(600)]
                start.wait()
                mine.write(batch[::step])

    with ThreadPoolExecutor(2) as both:
        list(both.map(work, (1, -1)))
    assert ask(database_url, "SELECT sum(n)::int FROM rollup_minute") == [(8 * 600,)]


def test_the_same_rejected_message_is_one_row_that_counts(database_url: str, room: Writer) -> None:
    bad = message("readings", payload=b"{", rejections=(Rejection("bad-json", "payload: found '{'"),))
    again = replace(bad, redelivered=True)
    room.write([bad, bad])
    room.write([bad])
    room.write([again])
    room.write([replace(again, payload=b"[")])
    room.write([replace(bad, rejections=(*bad.rejections, Rejection("bad-time", "t")))])
    found = ask(database_url, "SELECT payload, reason, times FROM rejected_messages ORDER BY 1, 2")
    assert found == [(b"[", "bad-json", 1), (b"{", "bad-json", 4), (b"{", "bad-time", 1)]


def test_an_unprintable_detail_does_not_stop_the_rejection(database_url: str, room: Writer) -> None:
    bad = message("readings", topic="t\ud800", rejections=(Rejection("bad-json", "a\0b\ud800"),))
    room.write([bad])
    assert ask(database_url, "SELECT topic, detail FROM rejected_messages") == [("t?", "a\N{REPLACEMENT CHARACTER}b?")]


def test_a_devices_word_holds_since_it_first_said_so(database_url: str, room: Writer) -> None:
    for minute, word in enumerate(["online", "online", "offline", None]):
        at = NOW + timedelta(minutes=minute)
        room.write([message("devices", statuses=(DeviceStatus("d", word),), received_at=at)])
        if word == "online":
            assert ask(database_url, "SELECT status, status_at FROM devices") == [("online", NOW)]
    assert ask(database_url, "SELECT status, status_at FROM devices") == [(None, NOW + timedelta(minutes=3))]


def test_a_bulletin_is_its_latest_issue(database_url: str, room: Writer) -> None:
    def issue(minutes: int, title: str) -> Message:
        at = NOW + timedelta(minutes=minutes)
        return message(
            "bulletins", bulletins=(Bulletin("bmkg", "b", title, None, "siaga", ("36.71",), None, at, None),)
        )

    room.write([issue(1, "second"), issue(0, "first")])
    room.write([issue(0, "first")])
    assert ask(database_url, "SELECT title, areas FROM bulletins") == [("second", ["36.71"])]
    room.write([issue(2, "third")])
    assert ask(database_url, "SELECT title FROM bulletins") == [("third",)]


def test_one_notice_per_commit_names_what_changed(database_url: str, room: Writer) -> None:
    with psycopg.connect(database_url, autocommit=True) as ear:
        ear.execute("LISTEN liveroom")
        room.write(
            [readings(reading("d", 0)), case("menunggu", 0), message("prices", rejections=(Rejection("r", "d"),))]
        )
        room.write([readings(reading("d", 1))])
        notices = [notice.payload for notice in ear.notifies(timeout=5, stop_after=2)]
    assert notices == ["cases,prices,readings,rejected", "readings"]


def test_feeds_remember_what_arrived_last_unless_it_was_known(database_url: str, room: Writer) -> None:
    room.write([readings(reading("d", 5, 7.5)), readings(reading("d", 3, 1.0))])
    late = [readings(reading("d", 4, 2.0))]
    room.write(late)
    room.write([readings(reading("d", 3, 1.0))])
    found = ask(database_url, "SELECT messages, stored, last->>'value', last_observed_at FROM feeds")
    assert found == [(4, 3, "2.0", NOW + timedelta(seconds=5))]


def test_a_writer_whose_connection_was_ended_connects_again(database_url: str, room: Writer) -> None:
    batch = [readings(reading("d", 0))]
    room.write(batch)
    ask(database_url, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name ~ 'ingest'")
    with pytest.raises(DatabaseAway):
        room.write([readings(reading("d", 1))])
    room.write([readings(reading("d", 1))])
    assert ask(database_url, "SELECT count(*) FROM readings") == [(2,)]


def test_a_database_that_is_not_there_is_away() -> None:
    nowhere = writer("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(DatabaseAway):
        nowhere.write([readings(reading("d", 0))])


def test_a_doubted_reading_is_stored_with_the_doubt_beside_it_once(database_url: str, room: Writer) -> None:
    seen = reading("a", 0, 900.0)
    doubted = message("readings", readings=(seen,), doubts=(Doubt("a", "pm25", seen.observed_at, "leap"),))
    for _ in range(2):
        room.write([doubted, readings(reading("a", 60))])
    assert ask(database_url, "SELECT count(*) FROM readings") == [(2,)]
    assert ask(database_url, "SELECT observed_at, doubt FROM reading_doubts") == [(seen.observed_at, "leap")]


def refused_under(topic: str) -> Message:
    return message("rejected", topic=topic).refused("unknown-topic", "found none")


def test_topics_too_long_for_an_index_are_put_aside_each_by_itself(database_url: str, room: Writer) -> None:
    chance = random.Random(3)
    long = "tangerang/" + "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(2_100))
    for _ in range(2):
        room.write([refused_under(long), refused_under(long + "x"), refused_under(long), readings(reading("a", 0))])
    found = ask(database_url, "SELECT octet_length(topic) <= 1024, times FROM rejected_messages ORDER BY times")
    assert found == [(True, 2), (True, 4)]
    assert ask(database_url, "SELECT count(*) FROM readings") == [(1,)]


def test_a_message_of_which_not_even_the_refusal_can_be_stored_stops_nothing(database_url: str, room: Writer) -> None:
    with psycopg.connect(database_url, autocommit=True) as session:
        session.execute("ALTER TABLE rejected_messages ADD CHECK (topic NOT LIKE '%never%')")
    room.write([readings(reading("a", 0)), refused_under("tangerang/never"), readings(reading("a", 1))])
    assert ask(database_url, "SELECT count(*) FROM readings") == [(2,)]
    assert ("?", b"", "database") in ask(database_url, "SELECT topic, payload, reason FROM rejected_messages")
