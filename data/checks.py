"""Does a database keep the promises the room makes? Asked by looking only: nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, LiteralString

import psycopg

from data.errors import DataError, translate
from data.link import connect, where
from data.migrations import SchemaState, schema_state

Level = Literal["ok", "note", "warn", "FAIL"]
FREE_CONNECTIONS = 20
CLOCK_SECONDS = 1.0
_STATEMENT_SECONDS = 4
_VERSION: LiteralString = "SELECT split_part(current_setting('server_version'), ' ', 1)"
_READ_ONLY: LiteralString = "SELECT current_setting('transaction_read_only')"
_EXTENSION: LiteralString = """
SELECT extversion, current_setting('timescaledb.license', true) FROM pg_extension WHERE extname = 'timescaledb'"""
_NOT_DURABLE: LiteralString = """
SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
ORDER BY name"""
# From pg_stat_database, for pg_stat_activity hides other users' sessions from a user without rights.
_CONNECTIONS: LiteralString = """
SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
           - coalesce(current_setting('reserved_connections', true)::int, 0) AS usable,
       (SELECT sum(numbackends)::int FROM pg_stat_database) AS used"""
_CLOCK: LiteralString = "SELECT clock_timestamp()"
_SIZE: LiteralString = "SELECT pg_size_pretty(pg_database_size(current_database()))"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor: how grave it is, and what was found."""

    level: Level
    text: str


def check_database(url: str) -> Iterator[Finding]:
    """One finding for each check; after one that the database does not answer there are no more."""
    try:
        with connect(url, "doctor", _STATEMENT_SECONDS) as connection:
            yield Finding("ok", f"takes us in at {where(url)}: PostgreSQL {_row(connection, _VERSION)[0]}")
            yield _schema(schema_state(url))
            for check in _CHECKS:
                yield check(connection)
    except DataError as error:
        yield Finding("FAIL", f"{error}: expected one that takes us in")
    except psycopg.Error as error:
        yield Finding("FAIL", f"went away at {where(url)}: {translate(error)}: the checks after this were left out")


def _row(connection: psycopg.Connection[Any], question: LiteralString) -> tuple[Any, ...]:
    return connection.execute(question).fetchone() or ()


def _schema(state: SchemaState) -> Finding:
    if state.changed:
        versions = _versions(state.changed)
        return Finding("FAIL", f"schema: found {versions} with another content, expected the files of this program")
    if state.pending:
        versions = _versions(state.pending)
        return Finding("FAIL", f"schema: found no migration {versions}, expected all: run `python -m data migrate`")
    return Finding("ok", f"has today's schema, {max(state.applied):04d}")


def _versions(versions: tuple[int, ...]) -> str:
    return ", ".join(f"{version:04d}" for version in versions)


def _takes_rows(connection: psycopg.Connection[Any]) -> Finding:
    if _row(connection, _READ_ONLY)[0] == "on":
        return Finding("FAIL", "found it read-only, expected one that takes rows: name the primary, not a standby")
    return Finding("ok", "takes rows")


def _timescaledb(connection: psycopg.Connection[Any]) -> Finding:
    found = _row(connection, _EXTENSION)
    if not found:
        return Finding("FAIL", "TimescaleDB: found no extension, expected 2.x: run `python -m data migrate`")
    version, licence = found
    if not version.startswith("2."):
        return Finding("FAIL", f"TimescaleDB: found {version}, expected 2.x")
    return Finding("ok", f"has TimescaleDB {version}, licence {licence or 'not told'} (apache is enough)")


def _durable(connection: psycopg.Connection[Any]) -> Finding:
    off = [name for (name,) in connection.execute(_NOT_DURABLE).fetchall()]
    if off:
        return Finding("FAIL", f"a commit survives a power cut: found {', '.join(off)} off, expected on")
    return Finding("ok", "a commit survives a power cut: fsync, full_page_writes, synchronous_commit are on")


def _connections(connection: psycopg.Connection[Any]) -> Finding:
    usable, used = _row(connection, _CONNECTIONS)
    free = usable - used
    if free < FREE_CONNECTIONS:
        return Finding(
            "warn", f"free connections: found {free} of {usable}, expected {FREE_CONNECTIONS}: raise max_connections"
        )
    return Finding("ok", f"has {free} of {usable} connections free")


def _clock(connection: psycopg.Connection[Any]) -> Finding:
    before = datetime.now(UTC)
    theirs = _row(connection, _CLOCK)[0]
    after = datetime.now(UTC)
    apart = abs((theirs - before - (after - before) / 2).total_seconds())
    if apart > CLOCK_SECONDS:
        return Finding("warn", f"clock: found {apart:.1f} s off this machine's, expected under 1 s: run NTP on both")
    return Finding("ok", f"its clock is {apart:.2f} s off this machine's")


def _size(connection: psycopg.Connection[Any]) -> Finding:
    size = _row(connection, _SIZE)[0]
    return Finding("note", f"holds {size}; the room left on its disk cannot be asked from here: watch it there")


_CHECKS: tuple[Callable[[psycopg.Connection[Any]], Finding], ...] = (
    _takes_rows,
    _timescaledb,
    _durable,
    _connections,
    _clock,
    _size,
)
