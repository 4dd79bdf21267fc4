"""Cases on their way to the broker: each goes out once it can, in order, and none is lost while it cannot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import closing

import pytest

from data.outgoing import put_out
from data.store import Store
from ingest.outgoing import OutgoingCases
from ingest.publisher import NotPublishedError
from tests.batches import ask
from tests.pack import CITY

pytestmark = pytest.mark.integration


class Broker:
    """Takes what it is told to take."""

    def __init__(self) -> None:
        self.connected, self.refuses = True, False
        self.took: list[tuple[str, object]] = []

    def publish(self, topic: str, payload: bytes) -> None:
        if self.refuses:
            raise NotPublishedError("not now")
        self.took.append((topic, json.loads(payload)))


def put(url: str, numbers: Sequence[str]) -> None:
    async def once() -> None:
        store = await Store.open(url)
        try:
            for number in numbers:
                assert await put_out(store, "laksa", {"case_id": number, "summary": "Lampu “padam”"})
        finally:
            await store.close()

    asyncio.run(once())


def waiting(url: str) -> int:
    return int(ask(url, "SELECT count(*) FROM outgoing_cases")[0][0])


def test_what_the_broker_does_not_take_waits_for_it(database_url: str) -> None:
    broker = Broker()
    put(database_url, ["A", "B"])
    with closing(OutgoingCases(database_url, CITY, broker)) as cases:  # type: ignore[arg-type]
        broker.connected = False
        cases.look()
        broker.connected, broker.refuses = True, True
        cases.look()
        assert waiting(database_url) == 2
        broker.refuses = False
        cases.look()
        assert broker.took == [
            ("tangerang/cases/laksa", {"case_id": number, "summary": "Lampu “padam”"}) for number in "AB"
        ]
        assert waiting(database_url) == 0
        cases.look()
        assert len(broker.took) == 2


def test_a_case_has_its_number_once(database_url: str) -> None:
    put(database_url, ["A"])
    with pytest.raises(Exception, match="duplicate key"):
        put(database_url, ["A"])
