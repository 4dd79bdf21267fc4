"""The messages put aside, read again once whoever understood them too little has learnt more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from data.errors import translate
from data.link import connect


@dataclass(frozen=True, slots=True)
class PutAside:
    """One message and why it was put aside; `whole` says whether all of its payload was kept."""

    id: int
    topic: str
    payload: bytes
    reason: str
    received_at: datetime
    whole: bool


class RejectedMessages:
    """The table of what was put aside, for one process. All methods raise `DataError`."""

    def __init__(self, url: str) -> None:
        self._connection: psycopg.Connection[Any] = connect(url, "retry")

    def newest(self) -> int:
        """The number of the newest one, 0 where there is none."""
        try:
            row = self._connection.execute("SELECT coalesce(max(id), 0) FROM rejected_messages").fetchone()
        except psycopg.Error as error:
            raise translate(error) from error
        return int(row[0]) if row else 0

    def after(self, last: int, end: int, reason: str | None, most: int) -> list[PutAside]:
        """The next ones by number, up to `end`; of one reason where it is said."""
        try:
            rows = self._connection.execute(
                "SELECT id, topic, payload, reason, received_at, octet_length(payload) = payload_bytes "
                "FROM rejected_messages WHERE id > %s AND id <= %s AND (%s::text IS NULL OR reason = %s) "
                "ORDER BY id LIMIT %s",
                (last, end, reason, reason, most),
            ).fetchall()
        except psycopg.Error as error:
            raise translate(error) from error
        return [PutAside(row[0], row[1], bytes(row[2]), *row[3:]) for row in rows]

    def forget(self, ids: Sequence[int]) -> None:
        """Remove these: they are understood now, or put aside anew for another reason."""
        try:
            self._connection.execute("DELETE FROM rejected_messages WHERE id = ANY(%s)", (list(ids),))
        except psycopg.Error as error:
            raise translate(error) from error

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
