"""A place that only one process holds: an advisory lock on a connection, for as long as the connection lives."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import dict_row

from data.errors import translated
from data.link import connect

Connection = psycopg.Connection[dict[str, Any]]
_STATEMENT_SECONDS = 30.0


class Place:
    """`role` names the connection, `lock` is the number of the place. All methods raise `DataError`."""

    def __init__(self, url: str, role: str, lock: int) -> None:
        self._url, self._role, self._lock = url, role, lock
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Whether this process holds the place, or could take it; else the connection is given up again."""
        with translated():
            self.visit()
            row = self.held.execute("SELECT pg_try_advisory_lock(%s) AS led", (self._lock,)).fetchone()
            if row and row["led"]:
                return True
        self.leave()
        return False

    def visit(self) -> None:
        """Connect without asking for the place: to read, whoever holds it."""
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url, self._role, _STATEMENT_SECONDS)
            self._connection.row_factory = dict_row

    def leave(self) -> None:
        """Give up connection and place."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    @property
    def held(self) -> Connection:
        """The connection. Raises `psycopg.OperationalError` while there is none."""
        if self._connection is None:
            raise psycopg.OperationalError(f"{self._role}: not connected")
        return self._connection
