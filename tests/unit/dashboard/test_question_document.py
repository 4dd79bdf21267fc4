"""The document of a question stands in the line of all documents, and asks the database before it does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from dashboard.analysis.asking import Asking
from dashboard.analysis.document import QuestionDocument
from dashboard.reports.turns import WAITING, Turns
from data.errors import DatabaseAway
from layouts.explored_told import Told
from layouts.reports.press import Job
from tests.pack import CITY
from tests.unit.layouts.test_explored_paper import NOW, RECORD
from tests.unit.layouts.test_explorer import told

PATH = "/laporan/jelajah.pdf"
BEYOND = 3
"""So many more than may wait."""


class Answering(Asking):
    """Answers without a database; `away`: it cannot be reached. `asked` is set by the first question."""

    def __init__(self, *, away: bool = False) -> None:
        self.asked, self._away = asyncio.Event(), away
        self.desk: Any = SimpleNamespace(record=self._record)

    async def told(self, _query: Mapping[str, str], _now: datetime, **_more: bool) -> Told:
        self.asked.set()
        if self._away:
            raise DatabaseAway("away")
        return told("prices", CITY, 7)

    async def _record(self, _asked: object) -> dict[str, Any]:
        return RECORD


async def get(document: QuestionDocument) -> httpx.Response:
    app = FastAPI()
    app.include_router(document.routes(lambda: NOW))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://room") as client:
        return await client.get(PATH)


@pytest.fixture
def set_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def pressed(job: Job) -> bytes:
        return f"%PDF- {job.template}".encode()

    monkeypatch.setattr("dashboard.analysis.document.set_apart", pressed)


@pytest.mark.usefixtures("set_at_once")
def test_it_waits_for_the_press_with_its_answer_in_hand() -> None:
    async def wait() -> httpx.Response:
        turns, asking = Turns(), Answering()
        async with turns.one():
            waiting = asyncio.create_task(get(QuestionDocument(asking, turns, simulated=False)))
            await asking.asked.wait()
            done, _ = await asyncio.wait([waiting], timeout=0.1)
            assert not done
        return await waiting

    found = asyncio.run(wait())
    assert (found.status_code, found.content) == (HTTPStatus.OK, b"%PDF- jelajah")


@pytest.mark.usefixtures("set_at_once")
def test_more_than_may_wait_are_told_to_come_again() -> None:
    async def crowd() -> list[httpx.Response]:
        document = QuestionDocument(Answering(), turns := Turns(), simulated=False)
        async with turns.one():  # the press is taken: nobody gets in before all have come
            coming = [asyncio.create_task(get(document)) for _ in range(WAITING + BEYOND)]
            over: set[asyncio.Task[httpx.Response]] = set()
            while len(over) < BEYOND:
                done, _ = await asyncio.wait({*coming} - over, return_when=asyncio.FIRST_COMPLETED)
                over |= done
        return await asyncio.gather(*coming)

    found = asyncio.run(crowd())
    refused = [each for each in found if each.status_code == HTTPStatus.SERVICE_UNAVAILABLE]
    assert len(refused) == BEYOND
    assert all(int(each.headers["retry-after"]) > 0 and "Coba lagi" in each.text for each in refused)


def test_while_the_database_is_away_it_says_so_as_the_explorer_does() -> None:
    found = asyncio.run(get(QuestionDocument(Answering(away=True), Turns(), simulated=False)))
    assert found.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert int(found.headers["retry-after"]) > 0
    assert found.text.startswith("Belum terjawab")
