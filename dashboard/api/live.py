"""`/api/v1/readings/live`: server-sent events for programs, fed by what the room hears of commits.

One question a second at most serves every client. What a client has not taken yet is kept as the newest reading of each
series, so a slow one holds no more than one item a series and gets what is true now, not a queue of the past.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol, TypeAlias

from fastapi import Request
from starlette.responses import Response

from dashboard.api.cursor import SeriesPlace, after
from dashboard.api.errors import RefusedError
from dashboard.api.filters import LiveFilters
from dashboard.api.gate import client_of
from dashboard.api.items import ReadingItem
from dashboard.api.lists import reading_of
from dashboard.api.shelf import Ask
from dashboard.live import EventStream
from data.errors import DataError
from layouts.panel import Row
from sensors.city import City
from sensors.kinds import KINDS

STREAM = "readings"
MOST, MOST_EACH = 200, 8
"""Open streams in all, and of one client."""
EVERY = 1.0
BEAT_SECONDS = 10.0
MOST_SERIES = 100_000
Series: TypeAlias = tuple[str, str]


class Commits(Protocol):
    """Who hears of commits."""

    stopping: bool

    def tell(self, hearer: Hearer) -> None:
        """Call this with the streams of each commit, and with none when the server stops."""


class Hearer(Protocol):
    """Who wants to be told."""

    def __call__(self, streams: Collection[str]) -> None:
        """Take the names of streams that were committed."""


@dataclass(eq=False)
class Client:
    """One open stream: what it wants, and what it has not taken yet."""

    filters: LiveFilters
    pending: dict[Series, ReadingItem] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, item: ReadingItem) -> None:
        """Keep a reading for it, if it is one that it wants."""
        if self.filters.device in (None, item.device) and self.filters.kind in (None, item.kind):
            self.pending[item.device, item.kind] = item
            self.news.set()

    def take(self) -> Sequence[ReadingItem]:
        """Hand over what is kept."""
        self.news.clear()
        found, self.pending = tuple(self.pending.values()), {}
        return found


class LiveReadings:
    """The newest reading of every series and the clients that follow them. All of it runs on one event loop."""

    def __init__(self, city: City, ask: Ask, commits: Commits) -> None:
        self._city, self._ask, self._commits = city, ask, commits
        self._newest: dict[Series, tuple[Row, ReadingItem]] = {}
        self._heard = asyncio.Event()
        self._clients: set[Client] = set()
        self._open: Counter[str] = Counter()
        self._work: asyncio.Task[None] | None = None
        commits.tell(self._hear)

    async def follow(self, request: Request, filters: LiveFilters) -> Response:
        """Return a stream. Raises `RefusedError` when too many are open, `DataError`."""
        who = client_of(request.scope)
        if len(self._clients) >= MOST or self._open[who] >= MOST_EACH:
            raise RefusedError(
                HTTPStatus.TOO_MANY_REQUESTS, f"found {MOST_EACH} open streams of one client, or {MOST} in all"
            )
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._follow_commits(), name="live readings")
            await self._look()
        return EventStream(self._events(Client(filters), who))

    async def _events(self, client: Client, who: str) -> AsyncIterator[bytes]:
        self._clients.add(client)
        self._open[who] += 1
        try:
            for _, item in self._newest.values():
                client.offer(item)
            yield b"retry: 3000\n"
            while not self._commits.stopping:
                for item in client.take():
                    yield f"event: reading\ndata: {item.model_dump_json()}\n\n".encode()
                try:
                    await asyncio.wait_for(client.news.wait(), BEAT_SECONDS)
                except TimeoutError:
                    yield b": still here\n\n"
        finally:
            self._clients.discard(client)
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]

    def _hear(self, streams: Collection[str]) -> None:
        if self._commits.stopping:
            for client in self._clients:
                client.news.set()
        elif STREAM in streams:
            self._heard.set()

    async def _follow_commits(self) -> None:
        """Ask for what is new, at most once in `EVERY`, while anybody follows."""
        while True:
            await self._heard.wait()
            self._heard.clear()
            with suppress(DataError):  # the next commit that is heard asks again
                await self._look()
            await asyncio.sleep(EVERY)
            if not self._clients:
                return

    async def _look(self) -> None:
        """Ask for the newest of every series and hand what is new to the clients.

        Of all of them, for a batch that waited for its database is committed long after it was received.
        """
        asked = {"kinds": list(KINDS), "devices": None, **after(SeriesPlace, None), "rows": MOST_SERIES}
        for row in await self._ask("api_readings_latest", asked):
            series = row["device"], row["kind"]
            known = self._newest.get(series)
            if known is None or known[0] != row:
                item = reading_of(row, self._city)
                self._newest[series] = row, item
                for client in self._clients:
                    client.offer(item)
