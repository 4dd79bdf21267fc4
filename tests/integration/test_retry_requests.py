"""A desk asks, the maintenance process does it: taken up, recorded, done once, and never lost when somebody dies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from data.migrations import migrate
from data.retries import request_retry
from data.upkeep import Upkeep
from deploy.local.postgres import Postgres
from ingest.delivery import Delivery
from ingest.sorting import Sorter
from sensors.city import load_city
from tests.batches import NOW, ask, writer
from tests.ingesting import Worker, until

pytestmark = pytest.mark.integration
GOODS = "tangerang/prices/pasar-anyar"
PRICE = b'{"observed_at":"2026-11-20T23:00:00Z","prices":[{"commodity":"beras-medium","price":13400,"unit":"kg"}]}'
NOWHERE = "mqtt://127.0.0.1:1"
WORKING = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'liveroom-ingest-retry'"
OUTCOMES = "SELECT reason, understood, kept, failed, done_at IS NOT NULL FROM retry_requests ORDER BY id"


def put_aside(url: str) -> None:
    """A price that the pack had not known when it came, and something nobody will ever read."""
    city = load_city("tangerang")
    ignorant = Sorter(replace(city, commodities={k: v for k, v in city.commodities.items() if k != "beras-medium"}))
    came = [(GOODS, PRICE), ("tangerang/readings/a", b"{")]
    with closing(writer(url)) as room:
        room.write([ignorant.take_apart(Delivery(topic, said, len(said), NOW, False, 1, 1, 0)) for topic, said in came])


def press(url: str, *reasons: str | None) -> None:
    async def together() -> None:
        await asyncio.gather(*(request_retry(url, reason) for reason in reasons))

    asyncio.run(together())


def outcomes(url: str) -> list[tuple[object, ...]]:
    return ask(url, OUTCOMES)


def keeper(url: str, folder: Path, number: int = 0) -> Worker:
    """A maintenance process, with no broker anywhere."""
    name = f"maintenance-{number}"
    return Worker(url, NOWHERE, ("maintenance",), client_id=name, log=folder / f"{name}.log").start(wait=False)


@pytest.fixture
def full_url(database_url: str) -> str:
    put_aside(database_url)
    return database_url


@pytest.fixture
def maintenance(full_url: str, tmp_path: Path) -> Iterator[Worker]:
    made = keeper(full_url, tmp_path)
    yield made
    made.kill()


def test_what_is_asked_for_is_done_recorded_and_told(full_url: str, maintenance: Worker) -> None:
    with psycopg.connect(full_url, autocommit=True) as ear:
        ear.execute("LISTEN liveroom")
        press(full_url, "bad-json", None)
        until(lambda: all(done for *_, done in outcomes(full_url)), "both requests")
        told = [notice.payload for notice in ear.notifies(timeout=1) if notice.payload == "rejected"]
    assert set(outcomes(full_url)) == {("bad-json", 0, 1, None, True), (None, 1, 1, None, True)}
    assert len(told) == 4  # two asked for, two done
    assert ask(full_url, "SELECT commodity FROM prices") == [("beras-medium",)]
    assert ask(full_url, "SELECT reason FROM rejected_messages") == [("bad-json",)]
    assert maintenance.stop() == 0


def test_the_same_is_asked_for_once_until_it_is_done(database_url: str) -> None:
    press(database_url, *[None] * 6, *["empty"] * 6, "bad-json")
    assert sorted(ask(database_url, "SELECT coalesce(reason, '') FROM retry_requests")) == [
        ("",), ("bad-json",), ("empty",),
    ]  # fmt: skip
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE retry_requests SET done_at = now() WHERE reason = 'empty'")
    press(database_url, "empty", "bad-json")
    assert ask(database_url, "SELECT count(*) FROM retry_requests") == [(4,)]


def test_killed_in_between_it_is_taken_up_again_and_one_process_at_a_time_does_it(
    full_url: str, maintenance: Worker, tmp_path: Path
) -> None:
    with psycopg.connect(full_url) as other:
        other.execute("LOCK TABLE prices IN ACCESS EXCLUSIVE MODE")
        press(full_url, None)
        until(lambda: ask(full_url, WORKING) == [(1,)], "the retry to begin")
        second = keeper(full_url, tmp_path, 1)
        try:
            until(lambda: second.said("tidied"), "the second process")
            assert not second.said("reading again")
            maintenance.kill()
            assert outcomes(full_url) == [(None, None, None, None, False)]
            until(lambda: second.said("reading again"), "the second process to take it up")
            other.rollback()
            until(lambda: outcomes(full_url)[0][-1], "the request to be done")
        finally:
            second.kill()
    assert outcomes(full_url) == [(None, 1, 1, None, True)]
    assert ask(full_url, "SELECT count(*) FROM prices") == [(1,)]


def test_what_cannot_be_done_says_why_in_one_line(full_url: str, maintenance: Worker) -> None:
    with psycopg.connect(full_url) as connection:
        connection.execute("ALTER TABLE prices RENAME TO no_prices")
    press(full_url, None)
    until(lambda: outcomes(full_url)[0][-1], "the request to be answered")
    [(_, understood, kept, failed, _)] = outcomes(full_url)
    assert (understood, kept) == (None, None)
    assert str(failed).startswith('relation "prices" does not exist')
    assert ask(full_url, "SELECT count(*) FROM rejected_messages") == [(2,)]
    with psycopg.connect(full_url) as connection:
        connection.execute("ALTER TABLE no_prices RENAME TO prices")
    press(full_url, None)
    until(lambda: outcomes(full_url)[-1][-1], "the next request")
    assert outcomes(full_url)[-1] == (None, 1, 1, None, True)


def test_a_connection_that_breaks_meanwhile_is_no_outcome(full_url: str, maintenance: Worker) -> None:
    with psycopg.connect(full_url) as other:
        other.execute("LOCK TABLE prices IN ACCESS EXCLUSIVE MODE")
        press(full_url, None)
        until(lambda: ask(full_url, WORKING) == [(1,)], "the retry to begin")
        ask(full_url, WORKING.replace("count(*)", "pg_terminate_backend(pid)"))
        until(lambda: maintenance.said("reading again") > 1, "the retry to begin anew")
        assert outcomes(full_url) == [(None, None, None, None, False)]
        other.rollback()
        until(lambda: outcomes(full_url)[0][-1], "the request to be done")
    assert outcomes(full_url) == [(None, 1, 1, None, True)]


def test_a_database_that_goes_and_comes_back_is_looked_at_again(own_postgres: Postgres, tmp_path: Path) -> None:
    migrate(own_postgres.url)
    put_aside(own_postgres.url)
    made = keeper(own_postgres.url, tmp_path)
    try:
        until(lambda: made.said("tidied"), "its first round")
        own_postgres.stop_at_once()
        until(lambda: made.said("could not look for requests"), "the process to notice")
        own_postgres.start()
        press(own_postgres.url, None)
        until(lambda: outcomes(own_postgres.url)[0][-1], "the request to be done")
        assert made.said("could not look for requests") == 1
        assert made.stop() == 0
    finally:
        made.kill()


def test_old_requests_are_forgotten(database_url: str) -> None:
    press(database_url, "empty")
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO retry_requests (reason, requested_at) VALUES ('too-old', %s)",
            (datetime.now(UTC) - timedelta(days=31),),
        )
    with closing(Upkeep(database_url)) as upkeep:
        tidied = upkeep.tidy(retention_days=10, replay_days=5)
    assert tidied is not None
    assert tidied.retries == 1
    assert ask(database_url, "SELECT reason FROM retry_requests") == [("empty",)]
