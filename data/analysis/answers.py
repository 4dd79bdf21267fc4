"""Asking the database what analysts ask, on seats of their own: however long it thinks, no page waits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import sql

from data.analysis.asked import Asked, buckets, page, total
from data.store import Store

Row = Mapping[str, Any]
_FIRST_STRETCH = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Summed:
    """The steps of a question, and all of them as one."""

    steps: Sequence[Row]
    total: Row


def text_of(statement: sql.Composable) -> str:
    """A statement as one may paste it."""
    return statement.as_string(None)


class Answers:
    """Answers to questions about streams. All methods raise `DataError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def sums(self, asked: Asked) -> Summed:
        """Its steps and its total."""
        steps = await self._store.run(buckets(asked))
        (whole,) = await self._store.run(total(asked))
        return Summed(steps, whole)

    async def total(self, asked: Asked) -> Row:
        """All of its time as one step."""
        (whole,) = await self._store.run(total(asked))
        return whole

    async def page(self, asked: Asked, after: Sequence[object], limit: int) -> Sequence[Row]:
        """So many of its rows from after a place on, the newest first.

        It looks back stretch by stretch, each twice as long as the one before: the newest rows of ten years are found
        without sorting ten years.
        """
        found: list[Row] = []
        until = asked.until
        if after and isinstance(after[0], datetime):
            until = min(until, after[0] + timedelta(microseconds=1))
        stretch = _FIRST_STRETCH
        while until > asked.since and len(found) < limit:
            since = max(asked.since, until - stretch)
            found += await self._store.run(page(asked.within(since, until), after, limit - len(found)))
            until, stretch = since, 2 * stretch
        return found
