"""Cases that were reported by HTTP and are not with the broker yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from data.errors import translated
from data.link import connect
from data.store import Store
from data.writes import statement

MOST = 10_000
"""As many wait at most: a broker that is away must not fill the database with what anybody may send."""
_STATEMENT_SECONDS = 30.0
Publish = Callable[[str, Mapping[str, Any]], None]


async def put_out(store: Store, service: str, case: Mapping[str, Any]) -> bool:
    """Put a case message on its way; False when too many wait already. Raises `DataError`."""
    told = {"service": service, "case_id": case["case_id"], "payload": Jsonb(dict(case)), "most": MOST}
    async with store.changing() as connection:
        cursor = await connection.execute(statement("outgoing_case"), told)
        return cursor.rowcount == 1


class Outgoing:
    """The cases as one process hands them on; several may do so beside each other. All methods raise `DataError`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection[Any] | None = None

    def hand_on(self, publish: Publish) -> bool:
        """Give the oldest case to `publish`, which raises when it did not take it; False where none waits.

        A process that dies before the commit hands it on again: it is the same case, and changes nothing.
        """
        with translated():
            if self._connection is None or self._connection.closed:
                self._connection = connect(self._url, "outgoing", _STATEMENT_SECONDS)
            with self._connection.transaction():
                row = self._connection.execute(statement("outgoing_case_next")).fetchone()
                if row is None:
                    return False
                number, service, case = row
                publish(service, case)
                self._connection.execute("DELETE FROM outgoing_cases WHERE id = %s", (number,))
        return True

    def close(self) -> None:
        """Give up the connection."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None
