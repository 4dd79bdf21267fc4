"""Asks what a report rests on and has it set, in its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.api.shelf import Ask
from dashboard.reports.setter import set_apart
from dashboard.reports.turns import Turns
from dashboard.terms import terms_of
from layouts.reports.facts import Facts
from layouts.reports.kinds import Report
from layouts.reports.paper import Paper
from layouts.reports.periods import Period
from layouts.reports.press import job_of
from sensors.city import City


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
    """Makes reports of one city. `simulated`: a virtual city feeds the room; `turns`: the line it stands in."""

    city: City
    ask: Ask
    simulated: bool
    turns: Turns = field(default_factory=Turns)

    async def paper(self, order: Order) -> Paper:
        """What a report says, before it is set. Raises `BusyError`, `DataError`."""
        async with self.turns.one():
            return await self._paper(order)

    async def make(self, order: Order) -> bytes:
        """A report as PDF. Raises `BusyError`, `DataError`, `LayoutError`."""
        async with self.turns.one():
            return await set_apart(job_of(await self._paper(order), order.report.template))

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
