"""What is past its time goes, what is not stays, and one process at a time sees to it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from data.records import Rejection
from data.upkeep import Tidied, Upkeep
from deploy.local.mosquitto import Mosquitto
from sensors.reading import Reading
from tests.batches import ask, message, readings, writer
from tests.ingesting import Worker, until

pytestmark = pytest.mark.integration


def days_ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_readings_go_by_whole_days_and_their_hours_stay(database_url: str) -> None:
    with closing(writer(database_url)) as room, closing(Upkeep(database_url)) as upkeep:
        room.write([readings(Reading("d", "pm25", days_ago(day), 1.0)) for day in (0, 9, 30, 40)])
        tidied = upkeep.tidy(retention_days=10, replay_days=5)
        assert tidied is not None
        assert tidied.chunks >= 3
        assert ask(database_url, "SELECT count(*) FROM readings") == [(2,)]
        assert ask(database_url, "SELECT count(*) FROM rollup_hour") == [(4,)]
        assert upkeep.tidy(retention_days=10, replay_days=5) == Tidied(chunks=0, rejected=0, components=0)


def test_rejected_messages_go_by_age_and_by_number(database_url: str) -> None:
    def bad(days: float, body: bytes) -> None:
        refusal = (Rejection("bad-json", "x"),)
        room.write([message("readings", payload=body, rejections=refusal, received_at=days_ago(days))])

    with closing(writer(database_url)) as room, closing(Upkeep(database_url)) as upkeep:
        for number in range(10):
            bad(number / 100, b"%d" % number)
        bad(31, b"old")
        tidied = upkeep.tidy(retention_days=10, replay_days=5, rejected_rows=4)
    assert tidied == Tidied(chunks=0, rejected=7, components=0)
    left = ask(database_url, "SELECT payload FROM rejected_messages ORDER BY received_at DESC")
    assert left == [(b"0",), (b"1",), (b"2",), (b"3",)]


def test_components_that_are_long_silent_go(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """INSERT INTO components (name, instance, started_at, beat_at)
               VALUES ('ingest', 'here', now(), now()), ('ingest', 'gone', now(), now() - interval '2 days')"""
        )
    with closing(Upkeep(database_url)) as upkeep:
        assert upkeep.tidy(retention_days=10, replay_days=5) == Tidied(chunks=0, rejected=0, components=1)
    assert ask(database_url, "SELECT instance FROM components") == [("here",)]


def test_one_process_at_a_time(database_url: str) -> None:
    with psycopg.connect(database_url) as other, closing(Upkeep(database_url)) as upkeep:
        other.execute("SELECT pg_advisory_lock(%s)", (0x11FE0002,))
        assert upkeep.tidy(retention_days=10, replay_days=5) is None
        other.close()
        until(lambda: upkeep.tidy(retention_days=10, replay_days=5), "the place to be free")


def test_the_process_beats_and_ends_well(database_url: str, own_broker: Mosquitto, tmp_path: Path) -> None:
    made = Worker(database_url, own_broker.url, ("maintenance",), log=tmp_path / "log").start(wait=False)
    until(lambda: ask(database_url, "SELECT 1 FROM components WHERE name = 'maintenance'"), "its heartbeat")
    until(lambda: made.said("tidied"), "its first round")
    assert made.stop() == 0
