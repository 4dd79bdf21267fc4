"""Forget what is past its time, and what nobody needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from data.errors import translate
from data.link import connect
from sensors.forecast import KEPT_DAYS

_LOCK = 0x11FE0002  # one process tidies, however many are started
REJECTED_DAYS, REJECTED_ROWS = 30, 100_000
_TABLES: tuple[LiteralString, ...] = ("readings", "rollup_minute", "reading_doubts")
_TRIM_OLD: LiteralString = "DELETE FROM rejected_messages WHERE received_at < now() - %s"
_TRIM_MANY: LiteralString = """
DELETE FROM rejected_messages WHERE id IN (
    SELECT id FROM rejected_messages ORDER BY received_at DESC, id DESC OFFSET %s)"""
_TRIM_FORECASTS: LiteralString = "DELETE FROM forecasts WHERE valid_at < now() - %s"
_TRIM_QUAKES: LiteralString = "DELETE FROM quakes WHERE at < now() - %s"
_TRIM_RETRIES: LiteralString = "DELETE FROM retry_requests WHERE requested_at < now() - %s"
_VERSIONS: LiteralString = "SELECT tablename FROM pg_tables WHERE schemaname = 'past' AND tablename LIKE '%\\_was'"
_TRIM_VERSIONS: LiteralString = "DELETE FROM past.{} WHERE until < now() - %s"
_KEPT_SINCE: LiteralString = "UPDATE past.kept SET since = now() - %(days)s WHERE since < now() - %(days)s"
_TRIM_COMPONENTS: LiteralString = "DELETE FROM components WHERE beat_at < now() - interval '1 day'"


@dataclass(frozen=True, slots=True)
class Tidied:
    """What one round removed."""

    chunks: int
    rejected: int
    components: int
    forecasts: int = 0
    quakes: int = 0
    retries: int = 0
    versions: int = 0


class Upkeep:
    """Holds the room's one place for upkeep for as long as its connection lives."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection[Any] | None = None

    def tidy(self, retention_days: int, replay_days: int, rejected_rows: int = REJECTED_ROWS) -> Tidied | None:
        """One round; None when another process holds the place. Raises `DataError`."""
        try:
            connection = self._open()
            row = connection.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()
            if not row or not row[0]:
                return None
            try:
                return _tidy(connection, retention_days, replay_days, rejected_rows)
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))
        except psycopg.Error as error:
            self.close()
            raise translate(error) from error

    def close(self) -> None:
        """Give up the connection and with it the place."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _open(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url, "maintenance")
        return self._connection


def _tidy(connection: psycopg.Connection[Any], retention_days: int, replay_days: int, rejected_rows: int) -> Tidied:
    # A day more than ingest accepts: a reading taken in at the very edge still finds its day's keys.
    edge = timedelta(days=retention_days + 1)
    chunks = sum(
        len(connection.execute("SELECT drop_chunks(%s::regclass, now() - %s)", (table, edge)).fetchall())
        for table in _TABLES
    )
    rejected = connection.execute(_TRIM_OLD, (timedelta(days=REJECTED_DAYS),)).rowcount
    rejected += connection.execute(_TRIM_MANY, (rejected_rows,)).rowcount
    return Tidied(
        chunks,
        rejected,
        connection.execute(_TRIM_COMPONENTS).rowcount,
        connection.execute(_TRIM_FORECASTS, (timedelta(days=KEPT_DAYS + 1),)).rowcount,
        connection.execute(_TRIM_QUAKES, (edge,)).rowcount,
        connection.execute(_TRIM_RETRIES, (timedelta(days=REJECTED_DAYS),)).rowcount,
        _forget_versions(connection, min(replay_days, retention_days)),
    )


def _forget_versions(connection: psycopg.Connection[Any], days: int) -> int:
    """Let the past be shown from so many days ago on; a day more is kept, for what was the newest then."""
    connection.execute(_KEPT_SINCE, {"days": timedelta(days=days)})
    tables = connection.execute(_VERSIONS).fetchall()
    trims = [sql.SQL(_TRIM_VERSIONS).format(sql.Identifier(table)) for (table,) in tables]
    return sum(connection.execute(trim, (timedelta(days=days + 1),)).rowcount for trim in trims)
