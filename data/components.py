"""The heartbeat of a process, kept in the database it writes to: who cannot beat there cannot write there either."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg

from data.errors import translate
from data.link import connect

_BEAT = """
INSERT INTO components (name, instance, started_at, beat_at, state, metrics)
VALUES (%(name)s, %(instance)s, %(started_at)s, clock_timestamp(), %(state)s::text::jsonb, %(metrics)s)
ON CONFLICT (name, instance) DO UPDATE
SET started_at = excluded.started_at, beat_at = excluded.beat_at, state = excluded.state, metrics = excluded.metrics"""


@dataclass(slots=True)
class Component:
    """One process as the room sees it. Its connection is its own, so a long batch does not stop the beat."""

    url: str
    name: str
    instance: str
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    _connection: psycopg.Connection[Any] | None = None

    def beat(self, state: Mapping[str, object], metrics: str, *, changed: bool) -> None:
        """Say that the process lives and how it is; `changed` tells whoever listens. Raises `DataError`."""
        values = {
            "name": self.name,
            "instance": self.instance,
            "started_at": self.started_at,
            "state": json.dumps(state),
            "metrics": metrics,
        }
        try:
            if self._connection is None or self._connection.closed:
                self._connection = connect(self.url, f"{self.name}-beat", statement_seconds=5)
            with self._connection.transaction():
                self._connection.execute(_BEAT, values)
                if changed:
                    self._connection.execute("SELECT pg_notify('liveroom', 'components')")
        except psycopg.Error as error:
            self.close()
            raise translate(error) from error

    def close(self) -> None:
        """Close the connection; the next beat opens another."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None
