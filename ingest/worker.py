"""One ingest worker: takes in, takes apart, commits, and only then acknowledges."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from msgspec.structs import replace
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_when_event_set, wait_random_exponential
from tenacity.nap import sleep_using_event

from data.batch import Outcome
from data.errors import DataError
from data.records import Message
from data.writer import Writer
from ingest.delivery import Delivery
from ingest.inbox import Inbox
from ingest.live_lane import LiveLane
from ingest.metrics import Metrics
from ingest.sorting import Sorter, take_apart_anyhow
from ingest.subscriber import Subscriber

MOST_MESSAGES, MOST_ROWS, MOST_BYTES = 10_000, 25_000, 32 * 1024 * 1024
LINGER_SECONDS = 0.01
_BUSY = 8  # messages in the last batch from which waiting for more pays: fewer, larger commits
_LONGEST_WAIT_SECONDS = 5.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Batch:
    """Deliveries and what they hold, in step."""

    deliveries: list[Delivery] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    rows: int = 0
    size: int = 0

    def add(self, delivery: Delivery, message: Message) -> None:
        """Add one delivery with what it holds."""
        self.deliveries.append(delivery)
        self.messages.append(message)
        self.rows += message.rows
        self.size += len(delivery.payload)

    @property
    def full(self) -> bool:
        """Whether it should be committed now."""
        return len(self.messages) >= MOST_MESSAGES or self.rows >= MOST_ROWS or self.size >= MOST_BYTES


class Worker:
    """The writer's loop. `stop` may be called from another thread."""

    def __init__(
        self,
        subscriber: Subscriber,
        inbox: Inbox,
        sorter: Sorter,
        writer: Writer,
        metrics: Metrics,
        live: LiveLane,
    ) -> None:
        self._subscriber = subscriber
        self._inbox = inbox
        self._live = live
        self._sorter = sorter
        self._writer = writer
        self._metrics = metrics
        self._stopping = threading.Event()
        self._busy = False
        self.behind = 0.0
        """Seconds by which what is taken from the broker's queue lags its own time; 0 while nothing waits there."""

    def stop(self) -> None:
        """Take nothing more; commit and acknowledge what is in hand."""
        self._stopping.set()
        self._inbox.wake()

    def run(self) -> None:
        """Work until stopped. What cannot be committed by then stays unacknowledged with the broker."""
        while not self._stopping.is_set():
            self.turn()
        self._live.close()

    def turn(self) -> None:
        """One batch: gathered, committed, acknowledged."""
        batch = self._gather()
        age = _age(batch.messages)
        self._live.saw(full=batch.full, age=age)
        self.behind = age if self._live.is_open else 0.0
        if batch.messages and self._commit(batch.messages):
            self._subscriber.acknowledge(batch.deliveries)
        self._send_commands()
        if self._inbox.overflowed and not self._inbox.held and not self._stopping.is_set():
            self._inbox.overflowed = False
            self._subscriber.fetch_again()

    def _send_commands(self) -> None:
        commands = self._sorter.networks.commands
        for command in commands:
            self._subscriber.publish(command.topic, command.payload)
        commands.clear()

    def _gather(self) -> Batch:
        """The next batch: what is there at once when calm, what comes within the linger when busy.

        While the worker is behind, what is published now goes first; it needs no acknowledgement.
        """
        batch = Batch()
        for delivery in self._live.take():
            message = take_apart_anyhow(self._sorter.take_apart, delivery)
            if not message.rejections:  # what is wrong with it is told once, when it comes by the queue
                batch.add(delivery, replace(message, ahead=True))
        deliveries = self._inbox.get(timeout=1.0)
        deadline = time.monotonic() + (LINGER_SECONDS if self._busy else 0.0)
        while deliveries:
            for delivery in deliveries:
                batch.add(delivery, take_apart_anyhow(self._sorter.take_apart, delivery))
            if batch.full:
                break
            deliveries = self._inbox.get(timeout=max(0.0, deadline - time.monotonic()))
        self._busy = len(batch.messages) >= _BUSY
        return batch

    def _commit(self, messages: Sequence[Message]) -> bool:
        """Commit a batch, however long that takes; False when we were stopped before it could be."""
        attempts = Retrying(
            retry=retry_if_exception_type(DataError),
            wait=wait_random_exponential(multiplier=0.1, max=_LONGEST_WAIT_SECONDS),
            stop=stop_when_event_set(self._stopping),
            sleep=sleep_using_event(self._stopping),
            before_sleep=self._note_failure,
            retry_error_callback=lambda _: None,
        )
        outcome = attempts(self._write, messages)
        return outcome is not None

    def _write(self, messages: Sequence[Message]) -> Outcome:
        begun = time.monotonic()
        outcome = self._writer.write(messages)
        seconds = time.monotonic() - begun
        self._metrics.committed(outcome, len(messages), seconds, messages[0].received_at, datetime.now(UTC))
        return outcome

    def _note_failure(self, state: RetryCallState) -> None:
        self._metrics.failed()
        error = state.outcome.exception() if state.outcome else None
        _log.warning(
            "could not commit, attempt %d: %s: keeping the batch and trying again", state.attempt_number, error
        )


def _age(messages: Sequence[Message]) -> float:
    """How long before its arrival the newest reading of the last messages was taken, s."""
    last = next((message for message in reversed(messages) if message.readings), None)
    return max(0.0, (last.received_at - last.readings[-1].observed_at).total_seconds()) if last else 0.0
