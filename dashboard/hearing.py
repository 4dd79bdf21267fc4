"""What the room knows of its own hearing: whether commits are told, and how far behind them is what can be read."""

from __future__ import annotations

import math
from time import monotonic
from typing import Protocol

from dashboard.figures import REPLICA_LAG

DEAF_AFTER = 2.0
"""A listener that is back sooner has missed nothing that its return does not bring."""
BEHIND_AFTER = 5
"""Seconds a replica may lag before the room says so; later, the heartbeats of the writers in it look like dead ones."""


class News(Protocol):
    """What the listener says."""

    @property
    def streams(self) -> frozenset[str]:
        """Names of the streams that were committed."""

    @property
    def gap(self) -> bool:
        """Whether notices may have been missed: everything may have changed."""

    @property
    def connected(self) -> bool:
        """Whether the listener hears the database."""

    @property
    def behind(self) -> int:
        """Seconds that the database which is read lags behind the one which is written; 0 while it keeps up."""


class Hearing:
    """What the listener said last."""

    def __init__(self) -> None:
        self.listening = False
        self._lag = 0
        self._since = math.inf

    def begin(self) -> None:
        """Say that somebody listens from now on."""
        self._since = monotonic()

    def note(self, news: News) -> None:
        """Take what the listener says."""
        if self.listening and not news.connected:
            self._since = monotonic()
        self.listening, self._lag = news.connected, news.behind
        REPLICA_LAG.set(news.behind)

    @property
    def deaf(self) -> bool:
        """Whether nothing has been heard for so long that the database must be called away."""
        return not self.listening and monotonic() - self._since > DEAF_AFTER

    @property
    def behind(self) -> int:
        """Seconds that what is read lags, where that is worth saying; else 0."""
        return self._lag if self._lag > BEHIND_AFTER else 0
