"""Who exports now and who waits: a line with a few seats, whose places one may ask for."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Literal

from dashboard.errors import DashboardError
from data.exports.order import Order, Progress

State = Literal["waiting", "running", "done", "cancelled", "failed"]
_REMEMBERED = 200
"""So many exports that are over can still be asked for."""


class LineFull(DashboardError):  # noqa: N818 - said as people say it
    """Too many wait already."""


class Taken(DashboardError):  # noqa: N818
    """An export of this number is there."""


@dataclass(slots=True, eq=False)
class Job:
    """One export from the moment it is asked for. `cancelled` is set by whoever wants it no more."""

    ident: str
    order: Order
    record: dict[str, Any]
    name: str
    state: State = "waiting"
    progress: Progress = field(default_factory=lambda: Progress(0, 0))
    sent: int = 0
    wrong: str = ""
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    turn: asyncio.Event = field(default_factory=asyncio.Event)


class Line:
    """First come, first served; `at_once` run, at most `waiting` wait."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once, self._waiting = at_once, waiting
        self._active: OrderedDict[str, Job] = OrderedDict()
        self._over: OrderedDict[str, Job] = OrderedDict()

    def enter(self, job: Job) -> None:
        """Stand in line. Raises `LineFull`, `Taken`."""
        if job.ident in self._active or job.ident in self._over:
            raise Taken(job.ident)
        if len(self._active) >= self._at_once + self._waiting:
            raise LineFull(f"{self._at_once} exports run and {self._waiting} wait")
        self._active[job.ident] = job
        self._call()

    def leave(self, job: Job) -> None:
        """Be over, however it ended: the next one's turn comes."""
        if self._active.pop(job.ident, None) is None:
            return
        self._over[job.ident] = job
        while len(self._over) > _REMEMBERED:
            self._over.popitem(last=False)
        self._call()

    def find(self, ident: str) -> Job | None:
        """The export of this number, while it is remembered."""
        return self._active.get(ident) or self._over.get(ident)

    def position(self, job: Job) -> int:
        """How many turns are before its own; 0 once it runs."""
        before = list(self._active).index(job.ident) if job.ident in self._active else 0
        return max(0, before - self._at_once + 1)

    def _call(self) -> None:
        for job in list(self._active.values())[: self._at_once]:
            job.turn.set()
