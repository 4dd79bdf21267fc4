"""What changed, as it is committed: LISTEN as an async iterator that reconnects and admits its gaps."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import psycopg
from psycopg import sql

from data.errors import translate
from data.link import check_url, connect_options, where
from data.replay import Backlog, ask_replayed, ask_written

CHANNEL = "liveroom"
STREAMS = frozenset({"readings", "prices", "cases", "bulletins", "devices", "rejected", "components", "alarms"})
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 2.0
_SILENCE_SECONDS = 10.0
_LISTEN = sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL))
_log = logging.getLogger(__name__)
_Connection: TypeAlias = psycopg.AsyncConnection[Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Streams with new commits. `gap`: we were not listening before this, so everything may have changed.

    `connected` False says only that the database, or its replica, has gone; no stream is named then.
    `behind` is how many seconds the replica lags; 0 while it keeps up, and where there is none.
    """

    streams: frozenset[str]
    gap: bool
    connected: bool = True
    behind: int = 0


async def listen(url: str, read_url: str | None = None) -> AsyncIterator[Change]:
    """Yield every change for ever, reconnecting with back-off. Raises `DataError` only for a malformed URL.

    `url` is where the commits are made. Whoever asks a replica of it names that as `read_url`, and hears of a commit
    only once the replica has it.
    """
    replica = None if read_url == url else read_url
    servers = [url, replica] if replica else [url]
    for server in servers:
        check_url(server)
    wait = _FIRST_WAIT
    while True:
        try:
            async for change in _listen_behind(url, replica) if replica else _listen_once(url):
                wait = _FIRST_WAIT
                yield change
        except psycopg.Error as error:
            names = " and ".join(where(server) for server in servers)
            _log.warning("not listening to %s: %s: trying again", names, translate(error))
            yield Change(frozenset(), gap=False, connected=False)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)


async def _listen_once(url: str) -> AsyncIterator[Change]:
    async with await _connect(url) as connection:
        await connection.execute(_LISTEN)
        yield Change(STREAMS, gap=True)
        while True:
            async for notice in connection.notifies(timeout=_SILENCE_SECONDS):
                yield Change(_streams(notice), gap=False)
            await connection.execute("")  # a server that went without a word is found out here


async def _listen_behind(url: str, read_url: str) -> AsyncIterator[Change]:
    """Listen to the primary, and hold back what the replica does not have yet."""
    async with await _connect(url) as primary, await _connect(read_url) as replica:
        await primary.execute(_LISTEN)
        backlog, gap, told = Backlog(), True, 0
        backlog.hold(await ask_written(primary), STREAMS)
        while True:
            replayed = await ask_replayed(replica)
            streams, behind = backlog.release(replayed.position), backlog.behind(replayed.age)
            if streams or behind != told:
                yield Change(streams, gap=gap and bool(streams), behind=behind)
                gap, told = gap and not streams, behind
            # To the end, for what one packet brought is lost with the generator. What comes while a statement runs is
            # kept by the connection and is the first that the next round hears.
            notices = [notice async for notice in primary.notifies(timeout=backlog.pause(), stop_after=1)]
            if notices or backlog.is_silent():
                backlog.hold(await ask_written(primary), frozenset().union(*map(_streams, notices)))


async def _connect(url: str) -> _Connection:
    return await psycopg.AsyncConnection.connect(url, **connect_options("listener"))


def _streams(notice: psycopg.Notify) -> frozenset[str]:
    return frozenset(notice.payload.split(",")) & STREAMS
