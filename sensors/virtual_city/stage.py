"""A run of the virtual city: history where it is missing, and life as it happens, so that life never waits."""

from __future__ import annotations

import heapq
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic, time

from sensors.virtual_city.announcing import announced, announcing
from sensors.virtual_city.daytime import DAY
from sensors.virtual_city.feeds import City, live
from sensors.virtual_city.history import blocks, price_reports
from sensors.virtual_city.messages import Message
from sensors.virtual_city.outbox import Outbox
from sensors.virtual_city.state import Memory, remember

_log = logging.getLogger(__name__)
_TELL = 2.0  # s between lines of progress
_NOTE = 5.0  # s between notes of how far we are
_MARGIN = 30.0  # s taken off that note: what is under way may not have arrived; sending it again changes nothing
_SHORTEST, _LONGEST = 0.002, 0.5  # s of rest: no shorter, so that fast feeds go in bursts; no longer, to see `stop`
_PRICE_DAYS = 60.0  # however little history is asked for: the last month of prices, and one before it to compare with
_STALE = DAY  # life older than this, kept back while the broker was away, is left out


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where progress is kept; without a folder nothing is."""

    folder: Path | None

    def note(self, memory: Memory) -> Memory:
        """Write progress down and give it back."""
        if self.folder is not None:
            remember(self.folder, memory)
        return memory


class Stage:
    """Plays one city to one outbox until `stop`."""

    def __init__(self, city: City, outbox: Outbox, ledger: Ledger, stop: Event) -> None:
        """The city starts to live at its pace's anchor."""
        self._city = city
        self._outbox = outbox
        self._ledger = ledger
        self._stop = stop
        life = live(city, city.pace.anchor), announcing(city, city.pace.anchor)
        self._life = heapq.merge(*life, key=lambda message: message.due)
        self._next = next(self._life, None)
        self._told = monotonic()
        self._lived = city.pace.anchor
        self._until = float("inf")

    def play(self, memory: Memory, oldest: float, until: float | None) -> None:
        """Fill what memory lacks of (oldest, anchor], then live until stopped or until an instant of the clock."""
        now = self._city.pace.anchor
        self._until = until or self._until
        if (filled := self._fill_prices(memory, oldest)) is None:
            return
        memory = filled
        gaps = ((memory.until, now), (min(oldest, memory.since), memory.since))
        for number, (since, end) in enumerate(gaps):
            told = announced(self._city, self._city.pace.world_time(since), self._city.pace.world_time(end))
            if not self._send_all(told, 0.0):
                return
            for block in blocks(self._city, since, end, now):
                if not self._send_all(block.messages, block.share):
                    return
                if number == 1:
                    memory = self._ledger.note(memory.back_to(block.since))
            if number == 0:
                memory = self._ledger.note(memory.up_to(now))
        _log.info("live with %d readings of history published", self._outbox.readings)
        self._live(memory)

    def play_once(self, once: Iterator[Message]) -> None:
        """Send these messages and no more."""
        for message in once:
            if not self._outbox.send(message):
                return

    def _fill_prices(self, memory: Memory, oldest: float) -> Memory | None:
        """Send the prices that memory lacks, few and soon sent; None when stopped. Without history there are none."""
        now = self._city.pace.anchor
        if oldest >= now:
            return memory
        since = min(oldest, now - _PRICE_DAYS * DAY, memory.oldest_prices)
        for start, end in ((memory.until, now), (since, memory.oldest_prices)):
            if not self._send_all(price_reports(self._city, start, end), 0.0):
                return None
        return self._ledger.note(memory.prices_back_to(since))

    def _live(self, memory: Memory) -> None:
        noted = monotonic()
        while not self._stop.is_set() and self._next is not None:
            wait = min(self._next.due, self._until) - time()
            if wait > 0:
                self._outbox.rest(min(max(wait, _SHORTEST), _LONGEST))
            elif self._until < self._next.due:
                break
            else:
                self._send_due()
            if monotonic() - noted > _NOTE:
                noted = monotonic()
                memory = self._ledger.note(memory.up_to(self._lived - _MARGIN))
        if self._outbox.drain(2.0):
            self._ledger.note(memory.up_to(self._lived))

    def _send_all(self, messages: Iterator[Message], share: float) -> bool:
        for message in messages:
            if not self._send_due() or not self._outbox.send(message):
                return False
            if monotonic() - self._told > _TELL:
                self._told = monotonic()
                _log.info(
                    "history: %d readings published, up to %.0f %% of this stretch", self._outbox.readings, 100 * share
                )
        return True

    def _send_due(self) -> bool:
        while self._next is not None and self._next.due <= min(time(), self._until):
            if self._next.due > time() - _STALE and not self._outbox.send(self._next):
                return False
            self._lived = self._next.due
            self._next = next(self._life, None)
            if self._stop.is_set():
                return False
        return True
