"""A dashboard that reads from a streaming replica: as true as one that reads from the primary, and never too early."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from data.components import Component
from data.listener import STREAMS, Change, listen
from data.migrations import migrate
from data.records import Message
from data.store import Store
from data.writer import Writer
from deploy.local.postgres import Postgres
from sensors.reading import Reading
from tests import servers
from tests.batches import ask, rollup_differences
from tests.ingesting import an_hour_ago, count, plain, publisher, worker
from tests.ingesting import until as wait_until
from tests.integration.test_http import Dashboard, started, until
from tests.pack import CITY

pytestmark = pytest.mark.integration
WITHIN = 30.0
GAUGE = "gauge-pintu-air-10"
ELEMENT = re.compile(rf'<[^>]*\bid="rivers-reading-{GAUGE}-water_level"[^>]*>')
MANY = 4_000


@dataclass(frozen=True)
class Pair:
    """A primary and what follows it."""

    primary: Postgres
    replica: Postgres

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let the replica take the log and replay nothing of it."""
        ask(self.replica.url, "SELECT pg_wal_replay_pause()")
        wait_until(lambda: ask(self.replica.url, "SELECT pg_get_wal_replay_pause_state()") == [("paused",)], "a pause")
        try:
            yield
        finally:
            ask(self.replica.url, "SELECT pg_wal_replay_resume()")

    def wait_equal(self) -> None:
        """Wait until the replica has all that the primary has."""
        [(position,)] = ask(self.primary.url, "SELECT pg_current_wal_flush_lsn()")
        caught_up = "SELECT pg_last_wal_replay_lsn() >= %s"
        wait_until(lambda: ask(self.replica.url, caught_up, position) == [(True,)], "the replica")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    with ExitStack() as stack:
        primary = servers.new_postgres(folder / "primary")
        primary.start()
        stack.callback(primary.stop)
        migrate(primary.url)
        replica = servers.new_replica(primary, folder / "replica")
        replica.start()
        stack.callback(replica.stop)
        yield Pair(primary, replica)


@contextmanager
def dashboard_of(pair: Pair, folder: Path) -> Iterator[Dashboard]:
    with started(folder, DATABASE_URL=pair.primary.url, DATABASE_READ_URL=pair.replica.url) as running:
        until(lambda: running.get("/readyz")[0] == http.client.OK)
        yield running


def commit(url: str, value: float) -> None:
    now = datetime.now(UTC)
    reading = Reading(GAUGE, "water_level", now, value)
    with closing(Writer(url, "w", CITY.devices, CITY.zone.key)) as writer:
        writer.write([Message("tangerang/readings/x", b"{}", 2, now, "readings", readings=(reading,))])


def shows(dashboard: Dashboard, value: int) -> bool:
    found = ELEMENT.search(dashboard.get("/")[2].decode())
    return found is not None and f'data-value="{value}"' in found[0]


async def hear(changes: AsyncIterator[Change]) -> Change:
    return await asyncio.wait_for(anext(changes), WITHIN)


async def hear_streams(changes: AsyncIterator[Change]) -> Change:
    while not (change := await hear(changes)).streams:
        pass
    return change


async def read_level(store: Store) -> float | None:
    rows = await store.ask("latest_readings", {"devices": [GAUGE]})
    return next((row["value"] for row in rows if row["kind"] == "water_level"), None)


def sessions(server: Postgres) -> set[str]:
    return {name for (name,) in ask(server.url, "SELECT application_name FROM pg_stat_activity")}


def test_two_workers_write_and_a_dashboard_of_the_replica_shows_all_of_it(
    pair: Pair, broker_url: str, tmp_path: Path
) -> None:
    sent = [plain(number, start=an_hour_ago()) for number in range(MANY)]
    body = {"observed_at": datetime.now(UTC).isoformat(), "values": {"water_level": 137}}
    last = (f"tangerang/readings/{GAUGE}", json.dumps(body))
    before = count(pair.primary.url, "readings")
    with (
        worker(pair.primary.url, broker_url, "--shared", client_id="ingest-0"),
        worker(pair.primary.url, broker_url, "--shared", client_id="ingest-1"),
        dashboard_of(pair, tmp_path) as dashboard,
        publisher(broker_url) as sender,
    ):
        sender.settle([sender.send(*each) for each in (*sent, last)])
        wait_until(lambda: count(pair.primary.url, "readings") >= before + MANY + 1, "every reading")
        until(lambda: shows(dashboard, 137))
        assert "liveroom-store" in sessions(pair.replica) - sessions(pair.primary)
        until(lambda: _reasons(dashboard) == [])
    pair.wait_equal()
    for server in (pair.primary, pair.replica):
        assert count(server.url, "readings") == before + MANY + 1
        assert rollup_differences(server.url) == []
    took = "SELECT worker, stored FROM feeds WHERE stream = 'readings' AND worker LIKE 'ingest-_'"
    stored = dict(ask(pair.replica.url, took))
    assert stored.keys() == {"ingest-0", "ingest-1"}
    assert all(stored.values()), stored
    assert sum(stored.values()) == MANY + 1


def test_a_replica_is_asked_for_the_past(pair: Pair) -> None:
    async def level_at(at: datetime) -> list[float]:
        store = await Store.open(pair.replica.url, past=True)
        rows = await store.ask("latest_readings", {"devices": [GAUGE], "now": at})
        await store.close()
        return [row["value"] for row in rows]

    commit(pair.primary.url, 501.0)
    between = datetime.now(UTC)
    commit(pair.primary.url, 502.0)
    pair.wait_equal()
    assert asyncio.run(level_at(between)) == [501]
    assert asyncio.run(level_at(datetime.now(UTC))) == [502]


def test_a_commit_is_passed_on_when_the_replica_has_it_and_not_before(pair: Pair) -> None:
    async def scenario() -> None:
        store = await Store.open(pair.replica.url)
        changes = listen(pair.primary.url, pair.replica.url)
        assert await hear_streams(changes) == Change(STREAMS, gap=True)
        for value in (211.0, 212.0, 213.0):
            with pair.paused():
                commit(pair.primary.url, value)
                while not (change := await hear(changes)).behind:
                    assert not change.streams
                assert not change.streams
                ask(pair.primary.url, "SELECT pg_notify('liveroom', 'prices')")
                assert await read_level(store) != value
            change = await hear_streams(changes)
            assert change.streams >= {"readings"}
            assert not change.gap
            assert await read_level(store) == value
            while "prices" not in change.streams:  # told while the replica was waited for: late, not lost
                change = await hear_streams(changes)
            while change.behind:
                change = await hear(changes)
        await store.close()

    asyncio.run(scenario())


def test_whoever_begins_to_listen_is_told_to_look_when_the_replica_has_what_was_there(pair: Pair) -> None:
    async def scenario() -> None:
        store = await Store.open(pair.replica.url)
        with pair.paused():
            commit(pair.primary.url, 221)
            changes = listen(pair.primary.url, pair.replica.url)
            change = await hear(changes)
            assert (change.streams, change.connected, change.behind > 0) == (frozenset(), True, True)
        change = await hear_streams(changes)
        assert (change.streams, change.gap) == (STREAMS, True)
        assert await read_level(store) == 221
        await store.close()

    asyncio.run(scenario())


def test_a_lag_in_the_quiet_is_told_and_its_end_too(pair: Pair) -> None:
    async def scenario() -> None:
        changes = listen(pair.primary.url, pair.replica.url)
        await hear_streams(changes)
        with pair.paused(), closing(Component(pair.primary.url, "ingest", "quiet")) as component:
            component.beat({}, "", changed=False)
            assert (await hear(changes)).behind > 0
        while (change := await hear(changes)).behind:
            pass
        assert change == Change(frozenset(), gap=False)

    asyncio.run(scenario())


def test_what_is_told_while_a_statement_runs_is_heard_after_it(database_url: str) -> None:
    async def scenario(holder: psycopg.Connection[Any]) -> None:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as ear:
            await ear.execute("LISTEN liveroom")
            holder.execute("SELECT pg_advisory_lock(1)")
            statement = asyncio.create_task(ear.execute("SELECT pg_advisory_lock(1)"))
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            while ask(database_url, waiting) != [(1,)]:  # noqa: ASYNC110 - a state without an event
                await asyncio.sleep(0.01)
            for name in ("readings", "prices"):
                holder.execute("SELECT pg_notify('liveroom', %s)", (name,))
            holder.execute("SELECT pg_advisory_unlock(1)")
            await statement
            heard = [notice.payload async for notice in ear.notifies(timeout=WITHIN, stop_after=1)]
            assert heard == ["readings", "prices"]

    with psycopg.connect(database_url, autocommit=True) as holder:
        asyncio.run(scenario(holder))


@pytest.mark.parametrize("again", ["", "?application_name=the-same-server"])
def test_an_address_of_the_primary_itself_may_be_read_from(database_url: str, again: str) -> None:
    async def scenario() -> None:
        changes = listen(database_url, database_url + again)
        assert await hear(changes) == Change(STREAMS, gap=True)
        commit(database_url, 99)
        assert "readings" in (await hear(changes)).streams

    asyncio.run(scenario())


def test_a_replica_that_goes_and_comes_back_brings_what_was_committed_meanwhile(pair: Pair, tmp_path: Path) -> None:
    with dashboard_of(pair, tmp_path) as dashboard:
        commit(pair.primary.url, 301)
        until(lambda: shows(dashboard, 301))
        pair.replica.stop()
        until(lambda: any(reason.startswith("database") for reason in _reasons(dashboard)))
        commit(pair.primary.url, 302)
        assert shows(dashboard, 301), "the last picture stays"
        pair.replica.start()
        until(lambda: shows(dashboard, 302) and _reasons(dashboard) == [])
        commit(pair.primary.url, 303)
        until(lambda: shows(dashboard, 303))


def test_the_room_says_how_far_its_replica_lags_and_calls_nobody_dead(pair: Pair, tmp_path: Path) -> None:
    with dashboard_of(pair, tmp_path) as dashboard:
        with pair.paused():
            commit(pair.primary.url, 401)
            until(lambda: any(re.match(r"replica: .* \d+ s behind", reason) for reason in _reasons(dashboard)))
            assert not shows(dashboard, 401)
            assert _lag(dashboard) > 5
            with dashboard.stream() as events:
                told = next(body["room"] for name, _, body in events if name == "beat")
            assert (told["reasons"], told["ingest"], told["database"]) == (["replica"], "unknown", True)
            assert told["behind"] > 5
        until(lambda: shows(dashboard, 401) and _reasons(dashboard) == [])
        assert _lag(dashboard) == 0


def _reasons(dashboard: Dashboard) -> Sequence[str]:
    found: Sequence[str] = json.loads(dashboard.get("/readyz")[2])["reasons"]
    return found


def _lag(dashboard: Dashboard) -> float:
    [found] = re.findall(r"^liveroom_replica_lag_seconds (\S+)", dashboard.get("/metrics")[2].decode(), re.MULTILINE)
    return float(found)
