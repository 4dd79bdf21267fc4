"""Asks what a report rests on and has it set, one at a time: the others wait their turn, and too many are refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.api.shelf import Ask
from dashboard.errors import DashboardError
from dashboard.reports.setter import set_apart
from dashboard.terms import terms_of
from layouts.reports.facts import Facts
from layouts.reports.kinds import Report
from layouts.reports.paper import Paper
from layouts.reports.periods import Period
from layouts.reports.press import job_of
from sensors.city import City

SEATS = 1
"""Reports made at a time: one takes a core for a second or two, and the walls want the other."""
WAITING = 8
"""As many may wait beside it."""


class BusyError(DashboardError):
    """As many reports wait as may; ask again in a little while."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: a report of a period, of one about an agency its key."""

    report: Report
    period: Period
    about: str = ""

    @property
    def file(self) -> str:
        """What the file is called: `laporan-harian-2026-11-28.pdf`."""
        whose = f"-{self.about}" if self.about else ""
        return f"laporan-{self.report.name}{whose}-{self.period.key}.pdf"


@dataclass(slots=True)
class Maker:
    """Makes reports of one city. `simulated`: a virtual city feeds the room."""

    city: City
    ask: Ask
    simulated: bool
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SEATS))
    _waiting: int = 0

    async def paper(self, order: Order) -> Paper:
        """What a report says, before it is set. Raises `BusyError`, `DataError`."""
        async with self._turn():
            return await self._paper(order)

    async def make(self, order: Order) -> bytes:
        """A report as PDF. Raises `BusyError`, `DataError`, `LayoutError`."""
        async with self._turn():
            return await set_apart(job_of(await self._paper(order), order.report.template))

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """One's turn among those that wait."""
        if self._waiting >= SEATS + WAITING:
            raise BusyError("too many reports are being made: ask again in a minute")
        self._waiting += 1
        try:
            async with self._turns:
                yield
        finally:
            self._waiting -= 1

    async def _paper(self, order: Order) -> Paper:
        report = order.report
        before = await self._facts(order, order.period.before(self.city), report.compared) if report.compared else None
        facts = replace(await self._facts(order, order.period, report.questions), before=before)
        return await asyncio.to_thread(report.paper_of, facts)

    async def _facts(self, order: Order, period: Period, questions: tuple[str, ...]) -> Facts:
        params = self._params(period)
        rows = {name: await self.ask(name, params) for name in questions}
        return Facts(rows, self.city, period, self.simulated, order.about)

    def _params(self, period: Period) -> Mapping[str, Any]:
        """As of the end of the period, with curves of a whole day."""
        city = self.city
        return {
            **terms_of(city, period.moment),
            "devices": list(city.devices),
            "markets": list(city.markets),
            "service": next(iter(city.services), ""),
            "zone": city.zone.key,
            "now": period.moment,
            "since": period.since,
            "until": period.until,
            "rivers_hours": 24,
            "range": "24h",
        }
