"""The room's own pulse: asks once a second who is there, and judges it. A database that does not answer is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from dashboard.asking import Ask
from dashboard.hearing import Hearing
from dashboard.room import Room, room_state
from data.errors import DataError
from layouts.panel import Row

log = logging.getLogger(__name__)

QUESTIONS = ("components", "device_status", "feeds")
ANSWER_WITHIN = 2.0
"""A database that is frozen, not gone, is called away after this many seconds."""


class Heart:
    """What the room last knew of itself. `room` is never older than the last `beat`."""

    def __init__(self, ask: Ask, hearing: Hearing, *, simulating: bool) -> None:
        """Take how to ask the database, what is heard of it, and whether the virtual city is said to feed the room."""
        self._ask, self._hearing, self._simulating = ask, hearing, simulating
        self._rows: dict[str, Sequence[Row]] = {}
        self.room = self._judge(datetime.now(UTC), database=False)

    async def beat(self, params: Mapping[str, Any]) -> Room:
        """Ask and judge anew, as at `params["now"]`. What cannot be asked is judged by the last rows."""
        now: datetime = params["now"]
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                for name in QUESTIONS:
                    self._rows[name] = await self._ask(name, params)
        except (DataError, TimeoutError) as error:
            if self.room.database:
                log.warning("the database is away: %s", str(error) or f"no answer within {ANSWER_WITHIN:g} s")
            self.room = self._judge(now, database=False)
        else:
            self.room = self._judge(now, database=True)
        return self.room

    def _judge(self, now: datetime, *, database: bool) -> Room:
        components, statuses, feeds = (self._rows.get(name, ()) for name in QUESTIONS)
        return room_state(
            database=database,
            deaf=self._hearing.deaf,
            behind=self._hearing.behind,
            components=components,
            statuses=statuses,
            feeds=feeds,
            simulating=self._simulating,
            now=now,
        )
