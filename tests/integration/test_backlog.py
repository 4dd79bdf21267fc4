"""After an outage: the queue is drained, and what is published meanwhile does not wait for its end."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from deploy.local.mosquitto import Mosquitto
from tests.batches import ask, rollup_differences
from tests.ingesting import Worker, publisher, until, worker

pytestmark = pytest.mark.integration
WAITING = 250_000
"""Messages that an hour left with the broker: more than a worker takes in while its second way is still closed."""


def leave_with_the_broker(url: str) -> None:
    first = str(time.time() - 3600)
    command = [sys.executable, "-m", "tests.bench.flood", url, "tangerang", str(WAITING), "--first", first]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def test_what_is_published_now_goes_before_the_backlog(database_url: str, own_broker: Mosquitto) -> None:
    with worker(database_url, own_broker.url) as away:
        assert away.stop() == 0  # the broker keeps its session
        leave_with_the_broker(own_broker.url)
        away.start()
        published = live_until_seen(database_url, own_broker.url, away)
        until(lambda: messages(database_url) == WAITING + published, "every message to be counted once", 120)
        assert ask(database_url, "SELECT count(*) FROM readings") == [(WAITING + published,)]
        assert rollup_differences(database_url) == []
        until(lambda: behind(database_url) == 0, "the worker to have caught up")


def live_until_seen(url: str, broker: str, room: Worker) -> int:
    """Publish a reading a moment until one is stored; it must be before the backlog's end. How many were published."""
    published = 0
    with publisher(broker) as sender:
        while not ask(url, "SELECT 1 FROM devices d JOIN latest_readings l ON l.device_id = d.id WHERE d.key = 'live'"):
            assert not room.ended
            body = {"observed_at": datetime.now(UTC).isoformat(), "values": {"pm25": 12}}
            sender.settle([sender.send("tangerang/readings/live", body)])
            published += 1
            time.sleep(0.1)
        assert messages(url) < WAITING
        until(lambda: behind(url) > 3000, "the room to say how far behind it is")
    return published


def messages(url: str) -> int:
    return int(ask(url, "SELECT coalesce(sum(messages), 0) FROM feeds")[0][0])


def behind(url: str) -> int:
    return int(ask(url, "SELECT coalesce(max((state ->> 'behind')::int), 0) FROM components")[0][0])
