"""Nothing lost, nothing doubled: ingest through every fault we could think of, on servers of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import pytest
from paho.mqtt.client import MQTTMessageInfo

from data.migrations import migrate
from deploy.local.mosquitto import Mosquitto
from deploy.local.postgres import Postgres
from tests.batches import ask, rollup_differences
from tests.ingesting import Worker, an_hour_ago, count, plain, publisher, until, worker

pytestmark = [pytest.mark.integration, pytest.mark.timeout(240)]


@pytest.fixture
def database(own_postgres: Postgres) -> Postgres:
    """A PostgreSQL with the schema that this test may break."""
    migrate(own_postgres.url)
    return own_postgres


@pytest.fixture
def room(database: Postgres, own_broker: Mosquitto) -> Iterator[Worker]:
    """A worker on them."""
    with worker(database.url, own_broker.url) as made:
        yield made


def exact(url: str, messages: int) -> None:
    """Wait for all readings; then none may be lost, doubled or missing from an aggregate."""
    until(lambda: count(url, "readings") == messages, f"{messages} readings", patience=90)
    assert ask(
        url, "SELECT count(*) FROM (SELECT DISTINCT device_id, kind_id, observed_at FROM readings) AS distinct_ones"
    ) == [(messages,)]
    assert ask(url, "SELECT sum(n)::int FROM rollup_minute") == [(messages,)]
    assert rollup_differences(url) == []
    assert count(url, "rejected_messages") == 0


class Stream(threading.Thread):
    """Publishes readings at a steady pace in the background."""

    def __init__(self, url: str, messages: int, per_second: int, start: datetime) -> None:
        super().__init__()
        self._url, self._messages, self._per_second, self._start = url, messages, per_second, start
        self.pace = 0.0

    def run(self) -> None:
        begun = time.monotonic()
        sent: list[MQTTMessageInfo] = []
        with publisher(self._url) as sender:
            for number in range(self._messages):
                sent.append(sender.send(*plain(number, start=self._start)))
                ahead = number / self._per_second - (time.monotonic() - begun)
                if ahead > 0.01:
                    time.sleep(ahead)
            sender.settle(sent)
        self.pace = self._messages / (time.monotonic() - begun)


def send_all(url: str, numbers: Sequence[int], start: datetime) -> None:
    """Publish these readings and wait until the broker has them."""
    with publisher(url) as sender:
        sender.settle([sender.send(*plain(number, start=start)) for number in numbers])


def test_worker_killed_and_database_restarted_in_mid_stream(
    database: Postgres, own_broker: Mosquitto, room: Worker, record_property: Callable[[str, object], None]
) -> None:
    messages = 50_000
    stream = Stream(own_broker.url, messages, per_second=6_000, start=an_hour_ago())
    stream.start()
    until(lambda: count(database.url, "readings") > messages // 5, "a fifth of the readings")
    room.kill()
    database.stop_at_once()
    database.start()
    room.start()
    until(lambda: count(database.url, "readings") > messages // 2, "half of the readings")
    database.stop_at_once()
    room.kill()
    database.start()
    room.start()
    stream.join()
    record_property("messages a second", round(stream.pace))
    exact(database.url, messages)


def test_a_kill_between_commit_and_acknowledgement_doubles_nothing(database: Postgres, own_broker: Mosquitto) -> None:
    with worker(database.url, own_broker.url) as first:
        first.stop()  # from now on there is a session that messages wait in
    send_all(own_broker.url, range(2_000), an_hour_ago())
    for _ in range(3):
        with worker(database.url, own_broker.url, program=("-m", "tests.dying_worker")) as dying:
            until(lambda process=dying: process.ended, "the worker to die after its commit")  # type: ignore[misc]
    committed = ask(database.url, "SELECT stored, duplicates FROM feeds WHERE stream = 'readings'")[0]
    assert committed[0] > 0, "it died before a commit"
    assert committed[1] > 0, "nothing was delivered again, so nothing was tried"
    with worker(database.url, own_broker.url):
        exact(database.url, 2_000)


def test_while_the_database_is_away_nothing_is_lost(database: Postgres, own_broker: Mosquitto, room: Worker) -> None:
    start = an_hour_ago()
    send_all(own_broker.url, range(1_000), start)
    until(lambda: count(database.url, "readings") == 1_000, "the readings before")
    database.stop_at_once()
    send_all(own_broker.url, range(1_000, 30_000), start)
    until(lambda: room.said("keeping the batch and trying again") >= 2, "the worker to notice")
    database.start()
    exact(database.url, 30_000)
    assert not room.ended


def test_a_stop_while_the_database_is_away_is_quick_and_loses_nothing(
    database: Postgres, own_broker: Mosquitto, room: Worker
) -> None:
    database.stop_at_once()
    send_all(own_broker.url, range(500), an_hour_ago())
    until(lambda: room.said("keeping the batch and trying again"), "the worker to notice")
    assert room.stop() == 0
    database.start()
    room.start()
    exact(database.url, 500)


@pytest.mark.parametrize("forgets", [False, True], ids=["broker remembers us", "broker forgot us"])
def test_after_a_broker_restart_the_worker_is_subscribed_again(
    database: Postgres, own_broker: Mosquitto, room: Worker, *, forgets: bool
) -> None:
    start = an_hour_ago()
    send_all(own_broker.url, range(100), start)
    until(lambda: count(database.url, "readings") == 100, "the readings before")
    before = room.said("connected to the broker")
    own_broker.stop()
    if forgets:
        for kept in (own_broker.folder / "store").iterdir():
            kept.unlink()
    own_broker.start()
    until(lambda: room.said("connected to the broker") > before, "the worker to come back")
    assert room.said("session_present=True") == (0 if forgets else 1)
    send_all(own_broker.url, range(100, 200), start)
    exact(database.url, 200)


def test_a_writer_whose_session_is_ended_goes_on(database: Postgres, own_broker: Mosquitto, room: Worker) -> None:
    start = an_hour_ago()
    send_all(own_broker.url, range(10), start)
    until(lambda: count(database.url, "readings") == 10, "the readings before")
    own = ask(database.url, "SELECT pid FROM pg_stat_activity WHERE application_name = 'liveroom-ingest-ingest-0'")
    ask(database.url, "SELECT pg_terminate_backend(%s, 5000)", own[0][0])
    send_all(own_broker.url, range(10, 5_000), start)
    exact(database.url, 5_000)
