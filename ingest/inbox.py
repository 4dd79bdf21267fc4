"""The queue between the network thread and the writer, bounded in bytes and in messages."""

from __future__ import annotations

from collections.abc import Sequence
from queue import Empty, SimpleQueue

from ingest.delivery import Delivery

MOST_BYTES = 64 * 1024 * 1024
MOST_MESSAGES = 100_000


class Inbox:
    """One thread puts, one takes. What does not fit is not taken: unacknowledged, it stays with the broker."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_messages: int = MOST_MESSAGES) -> None:
        self._queue: SimpleQueue[Sequence[Delivery]] = SimpleQueue()
        self._most = (most_bytes, most_messages)
        # Each of these has a single writing thread, so no lock is needed.
        self._put_bytes = self._put_messages = 0
        self._taken_bytes = self._taken_messages = 0
        self.overflowed = False

    def put(self, deliveries: Sequence[Delivery]) -> None:
        """Take in what arrived together, or leave it to the broker when there is no room."""
        if self.held_bytes > self._most[0] or self.held > self._most[1]:
            self.overflowed = True
            return
        self._put_bytes += sum([len(delivery.payload) for delivery in deliveries])
        self._put_messages += len(deliveries)
        self._queue.put(deliveries)

    def get(self, timeout: float | None) -> Sequence[Delivery]:
        """What arrived together next; nothing when woken up or when none came in `timeout` seconds (0: do not wait)."""
        try:
            deliveries = self._queue.get(block=timeout != 0, timeout=timeout)
        except Empty:
            return ()
        self._taken_bytes += sum([len(delivery.payload) for delivery in deliveries])
        self._taken_messages += len(deliveries)
        return deliveries

    def wake(self) -> None:
        """Let `get` return nothing; may be called from a signal's handler."""
        self._queue.put(())

    @property
    def held(self) -> int:
        """Messages waiting."""
        return self._put_messages - self._taken_messages

    @property
    def held_bytes(self) -> int:
        """Bytes of payload waiting."""
        return self._put_bytes - self._taken_bytes
