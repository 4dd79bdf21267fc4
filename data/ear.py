"""Hears of commits for a process without an event loop."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from data.errors import translated
from data.link import connect
from data.listener import CHANNEL, STREAMS


class Ear:
    """LISTEN on one connection, made when it is needed. All methods raise `DataError`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection[Any] | None = None

    def hear(self, seconds: float) -> frozenset[str]:
        """The streams committed since the last call, waiting so long for the first; all of them after a gap."""
        with translated():
            if self._connection is None or self._connection.closed:
                self._connection = connect(self._url, "listener")
                self._connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                return STREAMS
            found: set[str] = set()
            for wait in (seconds, 0):
                for notice in self._connection.notifies(timeout=wait, stop_after=1):
                    found.update(notice.payload.split(","))
            return frozenset(found) & STREAMS

    def close(self) -> None:
        """Close the connection; the next call opens another, after a gap."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None
