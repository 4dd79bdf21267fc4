"""A second way in while the first one is behind: what is published now goes before what has waited for an hour.

The broker hands a session its messages in order, so that after an outage the newest come last. While the worker catches
up, a connection without memory and without promises (QoS 0, clean session) brings what is published now as well. Every
message still comes once more by the session that promises it; what was stored already then changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from ingest.delivery import Delivery
from ingest.inbox import Inbox

OPENS_AFTER_SECONDS = 2.0
"""Of full batches only: a burst is not a backlog."""
BEHIND_SECONDS = 10.0
"""What the messages must be older than: less is no blindness, and to hear everything twice costs time."""
CLOSES_AFTER_SECONDS = 5.0
MOST_WAITING = 2_000
"""Messages kept for the next batch; more are left to the session that promises them."""


class Line(Protocol):
    """A connection that fills the lane's inbox."""

    def begin(self) -> None:
        """Connect, without waiting for it."""

    def stop(self) -> None:
        """Disconnect."""


class LiveLane:
    """Opens while batches stay full, closes when they no longer are. One thread uses it."""

    def __init__(self, connect: Callable[[Inbox], Line], clock: Callable[[], float] = time.monotonic) -> None:
        self._connect = connect
        self._clock = clock
        self._inbox = Inbox(most_messages=MOST_WAITING)
        self._line: Line | None = None
        self._full_since: float | None = None
        self._calm_since: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the worker is behind."""
        return self._line is not None

    def saw(self, *, full: bool, age: float) -> None:
        """Tell whether the latest batch was as large as a batch may be, and how old its readings were, s."""
        now = self._clock()
        if full and (self.is_open or age >= BEHIND_SECONDS):
            self._calm_since = None
            self._full_since = now if self._full_since is None else self._full_since
            if self._line is None and now - self._full_since >= OPENS_AFTER_SECONDS:
                self._line = self._connect(self._inbox)
                self._line.begin()
            return
        self._full_since = None
        self._calm_since = now if self._calm_since is None else self._calm_since
        if now - self._calm_since >= CLOSES_AFTER_SECONDS:
            self.close()

    def take(self) -> list[Delivery]:
        """What is waiting, without waiting for it."""
        found: list[Delivery] = []
        while self._line is not None and len(found) < MOST_WAITING and (some := self._next()):
            found.extend(some)
        self._inbox.overflowed = False
        return found

    def close(self) -> None:
        """Disconnect; what still waits comes by the other way."""
        if self._line is not None:
            self._line.stop()
            self._line = None
        while self._next():
            pass

    def _next(self) -> Sequence[Delivery]:
        return self._inbox.get(timeout=0)
