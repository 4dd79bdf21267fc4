"""Requests to read again what was refused: made at a desk, taken up by the one process that has the place for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg

from data.errors import DatabaseAway, translate
from data.link import connect, connect_options, where
from data.writes import statement

STREAM = "rejected"
"""What is told when a request is made or done: panels that show refused messages ask again then."""
_LOCK = 0x11FE0003  # one process reads again, however many are started
_ANSWER_SECONDS = 5.0
_OLDEST: LiteralString = "SELECT id, reason FROM retry_requests WHERE done_at IS NULL ORDER BY id LIMIT 1"


async def request_retry(url: str, reason: str | None) -> None:
    """Ask for a retry of one reason, or of all; nothing is added while the same is still undone. Raises `DataError`."""
    try:
        async with (
            asyncio.timeout(2 * _ANSWER_SECONDS),
            await psycopg.AsyncConnection.connect(url, **connect_options("desk", _ANSWER_SECONDS)) as connection,
            connection.transaction(),
        ):
            await connection.execute(statement("retry_request"), {"reason": reason})
            await connection.execute(statement("notify"), {"streams": STREAM})
    except psycopg.Error as error:
        raise translate(error) from None
    except TimeoutError:
        raise DatabaseAway(f"PostgreSQL at {where(url)} does not answer") from None


@dataclass(frozen=True, slots=True)
class RetryRequest:
    """One request that is not done; no `reason` stands for all of them."""

    id: int
    reason: str | None


class RetryRequests:
    """The requests as one process takes them up. All methods raise `DataError`; close it then, and try again later."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection[Any] | None = None

    def take(self) -> RetryRequest | None:
        """The oldest undone request, with the place of who does it; None where there is none or another has the place.

        The place is held until the request is done or the connection ends: it stays undone then, for the next.
        """
        try:
            connection = self._open()
            if _oldest(connection) is None or not _lock(connection):
                return None
            found = _oldest(connection)  # another may have done it before we had the place
            if found is None:
                _unlock(connection)
        except psycopg.Error as error:
            raise translate(error) from error
        return found

    def finish(self, request: RetryRequest, understood: int, kept: int) -> None:
        """Say how many messages were taken in, and how many stay."""
        self._done(request, understood=understood, kept=kept, failed=None)

    def fail(self, request: RetryRequest, failed: str) -> None:
        """Say in one line why it could not be done."""
        self._done(request, understood=None, kept=None, failed=failed)

    def close(self) -> None:
        """Give up the connection and with it the place."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _done(self, request: RetryRequest, **outcome: int | str | None) -> None:
        try:
            connection = self._open()
            with connection.transaction():
                connection.execute(statement("retry_done"), {"id": request.id, **outcome})
                connection.execute(statement("notify"), {"streams": STREAM})
            _unlock(connection)
        except psycopg.Error as error:
            raise translate(error) from error

    def _open(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url, "retry-requests")
        return self._connection


def _oldest(connection: psycopg.Connection[Any]) -> RetryRequest | None:
    row = connection.execute(_OLDEST).fetchone()
    return RetryRequest(*row) if row else None


def _lock(connection: psycopg.Connection[Any]) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()
    return bool(row and row[0])


def _unlock(connection: psycopg.Connection[Any]) -> None:
    connection.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))
