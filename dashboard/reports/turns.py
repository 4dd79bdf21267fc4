"""The line in front of the press: one document is made at a time, the others wait, and too many are refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from dashboard.errors import DashboardError

SEATS = 1
"""Documents made at a time: one takes a core for a second or two, and the walls want the other."""
WAITING = 8
"""As many may wait beside it."""


class BusyError(DashboardError):
    """As many documents wait as may; ask again in a little while."""


@dataclass(slots=True)
class Turns:
    """One line for every document of a process, whoever wants it."""

    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SEATS))
    _waiting: int = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """One's turn among those that wait. Raises `BusyError`."""
        if self._waiting >= SEATS + WAITING:
            raise BusyError("too many documents are being made: ask again in a minute")
        self._waiting += 1
        try:
            async with self._turns:
                yield
        finally:
            self._waiting -= 1
