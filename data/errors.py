"""What can go wrong with the store, in the room's own words; driver errors end here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

# Classes and codes of SQLSTATE. Only what the rows themselves cause is worth giving up on: everything else may be
# gone in a second (a restart, a failover, a full disk), so it is kept and tried again.
_ROWS = ("22", "23", "54")
_AWAY = ("08", "40", "53", "55", "57", "58")
_SCHEMA = ("3F000", "42703", "42P01", "42883", "42804")


class DataError(Exception):
    """Root of what data/ raises; the message is one line."""


class DatabaseAway(DataError):  # noqa: N818 - a state of the world, said as people say it
    """The database cannot be reached, or asks to try again later."""


class RowsRefused(DataError):  # noqa: N818
    """The database does not take these rows, now or later."""


class SchemaError(DataError):
    """The schema is not the one this program was written for."""


def one_line(error: BaseException) -> str:
    """The first line of an error's message, or its class where it has none."""
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def translate(error: psycopg.Error) -> DataError:
    """The room's error for a driver's: by SQLSTATE, and by class where the server said none."""
    state = error.sqlstate
    if state is None:
        away = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        return DatabaseAway(one_line(error)) if away else RowsRefused(one_line(error))
    if state.startswith(_ROWS):
        return RowsRefused(one_line(error))
    if state.startswith(_AWAY) or state in ("25006", "XX000"):
        return DatabaseAway(one_line(error))
    if state in _SCHEMA:
        return SchemaError(f"{one_line(error)}: expected the schema of this program: run `python -m data migrate`")
    return DataError(one_line(error))


@contextmanager
def translated() -> Iterator[None]:
    """Let what the driver raises within be raised as the room's own errors."""
    try:
        yield
    except psycopg.Error as error:
        raise translate(error) from error
