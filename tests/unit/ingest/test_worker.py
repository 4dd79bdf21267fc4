"""The writer's loop against a broker and a database of straw: what is acknowledged, and when."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import cast

import pytest

from data.batch import Outcome
from data.errors import DatabaseAway
from data.records import Message
from data.writer import Writer
from ingest.delivery import Delivery
from ingest.inbox import Inbox
from ingest.live_lane import CLOSES_AFTER_SECONDS, OPENS_AFTER_SECONDS, Line, LiveLane
from ingest.metrics import Metrics
from ingest.sorting import Sorter
from ingest.subscriber import Subscriber
from ingest.worker import MOST_BYTES, MOST_MESSAGES, Worker
from sensors.city import City

NOW = datetime(2026, 11, 21, tzinfo=UTC)


class StrawWriter:
    """Fails as often as told, then commits."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.batches: list[list[Message]] = []

    def write(self, messages: Sequence[Message]) -> Outcome:
        if self.failures:
            self.failures -= 1
            raise DatabaseAway("gone fishing")
        self.batches.append(list(messages))
        return Outcome(Counter(), Counter())


class StrawSubscriber:
    """Remembers what was acknowledged, and how much was committed by then."""

    def __init__(self, writer: StrawWriter) -> None:
        self.writer = writer
        self.acknowledged: list[tuple[int, int]] = []
        self.fetched = 0

    def acknowledge(self, deliveries: Iterable[Delivery]) -> None:
        committed = sum(map(len, self.writer.batches))
        self.acknowledged += [(delivery.mid, committed) for delivery in deliveries]

    def fetch_again(self) -> None:
        self.fetched += 1


class StrawLine:
    """The second way in: says whether it is open."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.open = False

    def begin(self) -> None:
        self.open = True

    def stop(self) -> None:
        self.open = False


class Bench:
    """A worker on straw."""

    def __init__(self, city: City, inbox: Inbox | None = None, failures: int = 0) -> None:
        self.inbox = inbox or Inbox()
        self.now = 0.0
        self.line: StrawLine | None = None
        self.writer = StrawWriter(failures)
        self.subscriber = StrawSubscriber(self.writer)
        self.sorter = Sorter(city)
        self.worker = Worker(
            cast("Subscriber", self.subscriber),
            self.inbox,
            self.sorter,
            cast("Writer", self.writer),
            Metrics(),
            LiveLane(self._connect, lambda: self.now),
        )

    def _connect(self, inbox: Inbox) -> Line:
        self.line = StrawLine(inbox)
        return self.line

    def deliver(self, count: int, size: int = 2) -> None:
        for mid in range(count):
            self.inbox.put([Delivery("tangerang/readings/d", b"{}" + b" " * (size - 2), size, NOW, False, mid, 1, 0)])


def test_what_is_committed_is_acknowledged_after_it(city: City) -> None:
    bench = Bench(city)
    bench.deliver(3)
    bench.worker.turn()
    assert bench.subscriber.acknowledged == [(0, 3), (1, 3), (2, 3)]


def test_a_failed_commit_is_tried_again_and_only_then_acknowledged(
    city: City, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(city, failures=3)
    bench.deliver(1)
    with caplog.at_level(logging.WARNING):
        bench.worker.turn()
    assert bench.subscriber.acknowledged == [(0, 1)]
    assert caplog.text.count("gone fishing") == 3


def test_what_was_not_committed_before_the_stop_is_not_acknowledged(city: City) -> None:
    bench = Bench(city, failures=1_000_000)
    bench.deliver(1)
    bench.worker.stop()
    bench.worker.turn()
    assert bench.subscriber.acknowledged == []


def test_a_stopped_worker_takes_nothing_more(city: City) -> None:
    bench = Bench(city)
    bench.worker.stop()
    bench.deliver(5)
    bench.worker.run()
    assert bench.writer.batches == []


@pytest.mark.parametrize(("count", "size"), [(MOST_MESSAGES + 1, 2), (MOST_BYTES // 200_000 + 2, 200_000)])
def test_a_batch_is_bounded_in_messages_and_in_bytes(city: City, count: int, size: int) -> None:
    bench = Bench(city)
    bench.deliver(count, size)
    bench.worker.turn()
    assert bench.inbox.held == count - len(bench.writer.batches[0]) > 0


def test_our_own_mistake_with_one_message_does_not_stop_the_stream(
    city: City, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(city)
    monkeypatch.setattr(bench.sorter, "take_apart", lambda _: {}["oops"])
    bench.deliver(1)
    bench.worker.turn()
    [[message]] = bench.writer.batches
    assert [(rejection.reason, message.payload) for rejection in message.rejections] == [("internal", b"{}")]
    assert "could not take apart" in caplog.text


def test_what_did_not_fit_is_fetched_when_there_is_room_again(city: City) -> None:
    bench = Bench(city, Inbox(most_bytes=10))
    bench.deliver(20)
    assert bench.inbox.held == 6  # the one that fills it up is still taken
    bench.worker.turn()
    assert (bench.subscriber.fetched, bench.inbox.overflowed) == (1, False)
    bench.deliver(1)
    bench.worker.turn()
    assert bench.subscriber.fetched == 1


def test_while_batches_stay_full_what_is_published_now_goes_first(city: City) -> None:
    bench = Bench(city)
    for turn in range(3):
        bench.now = turn * OPENS_AFTER_SECONDS / 2
        assert bench.line is None
        bench.inbox.put([delivery("old", "2026-11-20T23:00:00Z")] * MOST_MESSAGES)
        bench.worker.turn()
    assert bench.line is not None
    assert bench.line.open
    bench.inbox.put([delivery("old", "2026-11-20T23:00:00Z")] * MOST_MESSAGES)
    bench.line.inbox.put([delivery("new", "2026-11-21T00:00:00Z"), delivery("bad", "yesterday")])
    bench.worker.turn()
    first, second, *_ = bench.writer.batches[-1]
    assert (first.topic, first.ahead) == ("tangerang/readings/new", True)
    assert (second.topic, second.ahead) == ("tangerang/readings/old", False)
    assert bench.worker.behind == 3600
    for seconds in (0.0, CLOSES_AFTER_SECONDS):
        bench.now = 100 + seconds
        bench.deliver(1)
        bench.worker.turn()
    assert (bench.line.open, bench.worker.behind) == (False, 0.0)


def delivery(device: str, at: str) -> Delivery:
    payload = f'{{"observed_at":"{at}","values":{{"pm25":1}}}}'.encode()
    return Delivery(f"tangerang/readings/{device}", payload, len(payload), NOW, False, 7, 1, 0)


@pytest.mark.parametrize("at", ["2026-11-20T23:00:00Z", "2026-11-20T23:59:55Z"])
def test_a_burst_opens_no_second_way(city: City, at: str) -> None:
    bench = Bench(city)
    for turn in range(6):
        bench.now = turn * OPENS_AFTER_SECONDS / 2
        old = at.startswith("2026-11-20T23:00")
        bench.inbox.put([delivery("a", at)] * (1 if old and turn % 2 else MOST_MESSAGES))
        bench.worker.turn()
    assert bench.line is None
