"""How a worker ends while the database is away, and how it returns to a broker. tests.faults counts what is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import pytest

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


def send_all(url: str, numbers: Sequence[int], start: datetime) -> None:
    """Publish these readings and wait until the broker has them."""
    with publisher(url) as sender:
        sender.settle([sender.send(*plain(number, start=start)) for number in numbers])


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
