"""What changed, as it is committed: LISTEN as an async iterator that reconnects and admits its gaps."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from data.errors import translate
from data.link import check_url, connect, connect_options, where

CHANNEL = "liveroom"
STREAMS = frozenset({"readings", "prices", "cases", "bulletins", "devices", "rejected", "components", "alarms"})
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 2.0
_SILENCE_SECONDS = 10.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """Streams with new commits. `gap`: we were not listening before this, so everything may have changed.

    `connected` False says only that the database has gone; no stream is named then.
    """

    streams: frozenset[str]
    gap: bool
    connected: bool = True


async def listen(url: str) -> AsyncIterator[Change]:
    """Yield every change for ever, reconnecting with back-off. Raises `DataError` only for a malformed URL."""
    check_url(url)
    wait = _FIRST_WAIT
    while True:
        try:
            async for change in _listen_once(url):
                wait = _FIRST_WAIT
                yield change
        except psycopg.Error as error:
            _log.warning("not listening to %s: %s: trying again", where(url), translate(error))
            yield Change(frozenset(), gap=False, connected=False)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)


async def _listen_once(url: str) -> AsyncIterator[Change]:
    async with await psycopg.AsyncConnection.connect(url, **connect_options("listener")) as connection:
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        yield Change(STREAMS, gap=True)
        while True:
            async for change in _until_silent(connection):
                yield change
            await connection.execute("")  # a server that went without a word is found out here


async def _until_silent(connection: psycopg.AsyncConnection[Any]) -> AsyncIterator[Change]:
    async for notice in connection.notifies(timeout=_SILENCE_SECONDS):
        yield Change(frozenset(notice.payload.split(",")) & STREAMS, gap=False)


class Ear:
    """Hears of commits for a process without an event loop. All methods raise `DataError`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection[Any] | None = None

    def hear(self, seconds: float) -> frozenset[str]:
        """The streams committed since the last call, waiting so long for the first; all of them after a gap."""
        with _translated():
            if self._connection is None or self._connection.closed:
                self._connection = connect(self._url, "listener")
                self._connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                return STREAMS
            found: set[str] = set()
            for notice in self._connection.notifies(timeout=seconds, stop_after=1):
                found.update(notice.payload.split(","))
            for notice in self._connection.notifies(timeout=0):
                found.update(notice.payload.split(","))
            return frozenset(found) & STREAMS

    def close(self) -> None:
        """Close the connection; the next call opens another, after a gap."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise translate(error) from error
