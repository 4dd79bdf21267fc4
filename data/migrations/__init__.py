"""Bring a database up to date: numbered .sql files, forward only, with a ledger of what was applied."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, LiteralString

import psycopg

from data.errors import SchemaError, translate
from data.link import connect

_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_LOCK = 0x11FE0001  # one migrator at a time, whatever machine it runs on
_LEDGER: LiteralString = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    version    integer PRIMARY KEY,
    name       text NOT NULL,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)"""
APPLIED: LiteralString = "SELECT version, sha256 FROM schema_migrations ORDER BY version"


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of this folder."""

    version: int
    name: str
    sql: LiteralString
    sha256: str


@dataclass(frozen=True, slots=True)
class SchemaState:
    """What the ledger says beside what this program brings; versions from a newer program are not our business."""

    applied: tuple[int, ...]
    pending: tuple[int, ...]
    changed: tuple[int, ...]

    @property
    def current(self) -> bool:
        """Whether everything this program needs is there."""
        return not self.pending and not self.changed


@cache
def migrations() -> tuple[Migration, ...]:
    """The files of this folder in order. Raises `SchemaError` for a gap or a bad name."""
    found: list[Migration] = []
    for file in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".sql"):
            match = _NAME.fullmatch(file.name)
            if match is None or int(match[1]) != len(found) + 1:
                raise SchemaError(f"data/migrations/{file.name}: expected {len(found) + 1:04d}_a_name.sql")
            text = file.read_text(encoding="utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            found.append(Migration(int(match[1]), match[2], text, digest))
    return tuple(found)


def compare(ledger: Iterable[tuple[int, str]]) -> SchemaState:
    """The state of a schema whose ledger holds these (version, sha256) rows."""
    applied = dict(ledger)
    ours = migrations()
    return SchemaState(
        applied=tuple(sorted(applied)),
        pending=tuple(m.version for m in ours if m.version not in applied),
        changed=tuple(m.version for m in ours if applied.get(m.version, m.sha256) != m.sha256),
    )


def schema_state(url: str) -> SchemaState:
    """Read the ledger of a database; one without a ledger has everything pending. Raises `DataError`."""
    with connect(url, "schema") as connection:
        try:
            return compare(connection.execute(APPLIED).fetchall())
        except psycopg.errors.UndefinedTable:
            return compare(())
        except psycopg.Error as error:
            raise translate(error) from None


def _silent(_line: str) -> None:
    """Say nothing."""


def migrate(url: str, say: Callable[[str], None] = _silent) -> SchemaState:
    """Apply what is pending, each file in its own transaction, and `say` one line for each.

    Safe to repeat and to run twice at once. Raises `SchemaError` for a database without TimescaleDB or with a
    changed history, `DatabaseAway` when it cannot be reached.
    """
    with connect(url, "migrate") as connection:
        try:
            connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
            _require_timescaledb(connection)
            return _apply_pending(connection, say)
        except psycopg.Error as error:
            raise translate(error) from None


def _require_timescaledb(connection: psycopg.Connection[Any]) -> None:
    row = connection.execute(
        "SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb' AND default_version LIKE '2.%'"
    ).fetchone()
    place = f"{connection.info.host}:{connection.info.port}/{connection.info.dbname}"
    if row is None:
        raise SchemaError(f"{place} has no TimescaleDB: expected the extension timescaledb 2.x to be available")
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS timescaledb")
    except psycopg.Error as error:
        # The server ends the session when the library is not preloaded, so nothing more can be asked of it.
        raise SchemaError(
            f"{place} cannot use TimescaleDB: expected shared_preload_libraries to name timescaledb "
            f"and a user who may create the extension: {translate(error)}"
        ) from None


def _apply_pending(connection: psycopg.Connection[Any], say: Callable[[str], None]) -> SchemaState:
    connection.execute(_LEDGER)
    state = compare(connection.execute(APPLIED).fetchall())
    if state.changed:
        raise SchemaError(
            f"migration {state.changed[0]:04d} was applied with another content: "
            "expected applied files to stay as they were"
        )
    for migration in migrations():
        if migration.version in state.pending:
            with connection.transaction():
                connection.execute(migration.sql)
                connection.execute(
                    "INSERT INTO schema_migrations (version, name, sha256) VALUES (%s, %s, %s)",
                    (migration.version, migration.name, migration.sha256),
                )
            say(f"applied {migration.version:04d}_{migration.name}")
    return compare(connection.execute(APPLIED).fetchall())
