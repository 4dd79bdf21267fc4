"""`/laporan/jelajah.pdf` and `.json`: the answer to a question of the explorer as a document, and the same as data."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboard.analysis.asking import REFUSALS, Asking
from dashboard.analysis.routes import name_of
from dashboard.reports.answer import KINDS, PDF, answered, as_data, away, line
from dashboard.reports.setter import set_apart
from dashboard.reports.turns import Turns
from layouts import links
from layouts.reports.explored import TEMPLATE, paper_of
from layouts.reports.paper import Paper
from layouts.reports.press import job_of


class QuestionDocument:
    """Answers questions on paper. `simulated`: a virtual city feeds the room; `turns`: the line of all documents.

    Whoever asks waits for the database among analysts, and only with the answer in hand for the press: a long question
    holds up no report.
    """

    def __init__(self, asking: Asking, turns: Turns, *, simulated: bool) -> None:
        self._asking, self._turns, self._simulated = asking, turns, simulated

    def routes(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> APIRouter:
        """Return its route; it stands before that of the reports of a period. `now` ends what still goes on."""
        router = APIRouter()

        @router.get(f"{links.REPORTS}/{links.QUESTION}.{{kind}}", include_in_schema=False)
        async def question(request: Request, kind: str) -> Response:
            if kind not in KINDS:
                return line(f"Laporan {links.QUESTION}.{kind} tidak ada.", HTTPStatus.NOT_FOUND)
            try:
                paper, file = await self._paper(request, now().replace(second=0, microsecond=0))
            except REFUSALS as error:
                status, words = self._asking.refused(error)
                return away(error, words) if status == HTTPStatus.SERVICE_UNAVAILABLE else line(words, status)
            return await answered(request, f"{file}.{kind}", self._made(paper, kind))

        return router

    async def _paper(self, request: Request, now: datetime) -> tuple[Paper, str]:
        """What the document says and what its file is called. Raises one of `REFUSALS`."""
        told = await self._asking.told(dict(request.query_params), now, paged=False)
        asked = told.answer.asked
        record = await self._asking.desk.record(asked)
        drawing = partial(paper_of, told, record, now, simulated=self._simulated)
        return await asyncio.to_thread(drawing), f"{links.QUESTION}-{name_of(asked)}"

    async def _made(self, paper: Paper, kind: str) -> bytes:
        """Raises `BusyError`, `LayoutError`."""
        if kind != PDF:
            return as_data(paper)
        async with self._turns.one():
            return await set_apart(job_of(paper, TEMPLATE))
