"""What was committed is heard, and what may have been missed is admitted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest

from data.errors import DataError
from data.listener import STREAMS, Change, listen
from deploy.local.postgres import Postgres

pytestmark = pytest.mark.integration


async def hear(changes: AsyncIterator[Change]) -> Change:
    return await asyncio.wait_for(anext(changes), 20)


def notify(url: str, payload: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_notify('liveroom', %s)", (payload,))


def test_a_commit_is_heard_by_the_names_of_its_streams(database_url: str) -> None:
    async def scenario() -> None:
        changes = listen(database_url)
        assert await hear(changes) == Change(STREAMS, gap=True)
        notify(database_url, "prices,readings,of-a-newer-worker")
        assert await hear(changes) == Change(frozenset({"prices", "readings"}), gap=False)

    asyncio.run(scenario())


def test_after_a_restart_everything_may_have_changed(own_postgres: Postgres) -> None:
    async def scenario() -> None:
        changes = listen(own_postgres.url)
        assert (await hear(changes)).gap
        own_postgres.kill()
        assert await hear(changes) == Change(frozenset(), gap=False, connected=False)
        own_postgres.start()
        while not (change := await hear(changes)).gap:
            assert not change.streams
        assert change == Change(STREAMS, gap=True)
        notify(own_postgres.url, "cases")
        assert (await hear(changes)).streams == {"cases"}

    asyncio.run(scenario())


def test_an_address_no_server_could_have_is_refused() -> None:
    async def scenario() -> None:
        await hear(listen("postgresql://host/x?nonsense=1"))

    with pytest.raises(DataError, match="malformed"):
        asyncio.run(scenario())
