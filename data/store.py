"""The dashboard's side of the database: ask a named question, get rows as dictionaries; seldom, change something."""

from __future__ import annotations

import asyncio
import select
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from data.errors import DatabaseAway, DataError, translate
from data.link import check_url, connect_options, where
from data.migrations import APPLIED, compare
from data.queries import question

Connection = psycopg.AsyncConnection[dict[str, Any]]
_ANSWER_SECONDS = 10.0
_CONNECT_SECONDS = 5.0
_AWAKE_SECONDS = 1.0
_OF_THE_PAST = " -c search_path=past,public -c default_transaction_read_only=on"
_MOMENT = "SELECT set_config('room.moment', %(now)s::timestamptz::text, false)"


class Store:
    """A few connections and the questions of data/queries. Opens while the database is away; asking then raises.

    A store of the `past` answers each question as it would have been answered at its `now`, by what had arrived then;
    it cannot change anything.
    """

    def __init__(self, url: str, size: int = 4, answer_seconds: float = _ANSWER_SECONDS, *, past: bool = False) -> None:
        self._url, self._answer_seconds = url, answer_seconds
        self._past = past
        self._idle: list[tuple[Connection, float]] = []  # and since when
        self._turns = asyncio.Semaphore(size)
        self._open = True

    @classmethod
    async def open(cls, url: str, *, past: bool = False) -> Store:
        """A store for this database. Raises `DataError` only for a URL that no server could ever answer."""
        check_url(url)
        return cls(url, past=past)

    async def ask(self, name: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows that answer question `name`; keys it does not use are ignored. Raises `DataError`."""
        text = question(name)
        async with self._connection() as connection:
            if self._past:
                await connection.execute(_MOMENT, {"now": params["now"]})
            # A plan made for one moment is not kept for another (data/migrations/0013_past.sql).
            cursor = await connection.execute(text, params, prepare=not self._past)
            return await cursor.fetchall()

    async def run(self, statement: sql.Composed, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a statement that a module of this package composed. Raises `DataError`."""
        async with self._connection() as connection:
            cursor = await connection.execute(statement, params)
            return await cursor.fetchall()

    @asynccontextmanager
    async def changing(self) -> AsyncIterator[Connection]:
        """One transaction, for the modules of this package that write what people decide. Raises `DataError`."""
        async with self._connection() as connection, connection.transaction():
            yield connection

    async def schema_is_current(self) -> bool:
        """Whether every migration of this program has been applied. Raises `DatabaseAway`."""
        async with self._connection() as connection:
            cursor = await connection.execute("SELECT to_regclass('schema_migrations') IS NOT NULL AS kept")
            if not (await cursor.fetchall())[0]["kept"]:
                return False
            rows = await (await connection.execute(APPLIED)).fetchall()
            return compare((row["version"], row["sha256"]) for row in rows).current

    async def close(self) -> None:
        """Close what is idle; a question still being answered closes its own connection."""
        self._open = False
        while self._idle:
            await self._idle.pop()[0].close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        if not self._open:
            raise DataError("the store is closed")
        async with self._turns:
            connection = await self._take()
            try:
                yield connection
            except psycopg.Error as error:
                raise translate(error) from None
            finally:
                await self._give_back(connection)

    async def _take(self) -> Connection:
        # A connection that slept through a restart of the server is found out here, not in the middle of an answer.
        # One that was in use just now is spared that round trip, which takes as long as a small answer.
        while self._idle:
            connection, since = self._idle.pop()
            try:
                if monotonic() - since > _AWAKE_SECONDS or _has_spoken(connection):
                    await connection.execute("")
            except psycopg.Error:
                await connection.close()
            else:
                return connection
        return await self._connect()

    async def _connect(self) -> Connection:
        options = connect_options("store", self._answer_seconds)
        if self._past:
            options["options"] += _OF_THE_PAST
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                return await psycopg.AsyncConnection.connect(self._url, row_factory=dict_row, **options)
        except (psycopg.Error, TimeoutError) as error:
            raise DatabaseAway(f"PostgreSQL at {where(self._url)} cannot be reached: {type(error).__name__}") from error

    async def _give_back(self, connection: Connection) -> None:
        if self._open and connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
            self._idle.append((connection, monotonic()))
        else:
            await connection.close()


def _has_spoken(connection: Connection) -> bool:
    """Whether the server has said something that nobody asked for, as it does when it goes."""
    ear = select.poll()
    ear.register(connection.fileno(), select.POLLIN)
    return bool(ear.poll(0))
