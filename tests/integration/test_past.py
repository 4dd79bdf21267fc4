"""The room as it was known at a moment: every question answers as it did then, whatever has come since."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from dashboard.terms import terms_of
from data.errors import DatabaseAway
from data.queries import question, questions
from data.store import Store
from data.upkeep import Upkeep
from tests.asking import PARAMS
from tests.batches import ask
from tests.happening import DAY, GAUGE, SERIES, STEPS, happening, now
from tests.pack import CITY

pytestmark = pytest.mark.integration

MODES: Mapping[str, Sequence[object]] = {
    "range": ("6h", "24h", "7d", "30d", "1y"), "period": ("30d", "1y"), "life": ("", "semua", "ditunda", "berakhir"),
    "device": ("air-1", "gauge-1", "other-1", GAUGE), "alarm": ("1", "2"), "service": ("laksa", "siaga-112"),
    "state": ("", "all"), "status": ("", None),
}  # fmt: skip
SPAN = {"from": "", "until": "", "district": ""}
"""What the report of an incident is asked for: the last day, everywhere."""
NOT_COMPARED = {
    "component_metrics": "what a process measures of itself is Prometheus' to keep",
    "replay_since": "how far back one can go is a thing of today",
}
NOT_KEPT = {"rejected_messages": {"payload", "kept_bytes"}}  # of what was removed since
NOT_YET_LIVED = {"handovers", "incident_alarms", "incident_steps"}  # what tests.happening does not bring about
NEVER_CHANGING = {"kinds", "case_services"}
BOOKKEEPING = {"version_since", "last_received_at", "recounted_at", "known_at"}
Rows = list[dict[str, Any]]
Answers = dict[tuple[str, str], Rows]


def params_at(at: datetime) -> dict[str, Any]:
    ago = at - DAY
    return {
        **PARAMS, **terms_of(CITY, at), "now": at, "devices": [key for key in (*SERIES, GAUGE) if key != "other-1"],
        "kinds": sorted({kind for kinds in SERIES.values() for kind in kinds}),
        "sinces": [ago] * 9, "after": ago, "floor": ago, "since": at - 30 * DAY, "until": at, "rows": 400,
        "commodity": "beras-medium", "located": False,
        "pack": json.dumps([{"key": key, "name": key} for key in SERIES]),
        "words": json.dumps([{"key": kind, "name": kind} for kinds in SERIES.values() for kind in kinds]),
    }  # fmt: skip


def modes_of(name: str) -> Iterator[dict[str, object]]:
    """The first of each mode that a question has, and each other one beside the first of the others."""
    has = {key: values for key, values in MODES.items() if f"%({key})s" in question(name)}
    first = {key: values[0] for key, values in has.items()}
    yield first
    for key, values in has.items():
        yield from (first | {key: value} for value in values[1:])


def asked(at: datetime) -> Iterator[tuple[tuple[str, str], str, dict[str, Any]]]:
    """Every question in every mode it has."""
    told = params_at(at)
    for name in sorted(questions().keys() - NOT_COMPARED.keys()):
        span = SPAN if name.startswith("incident_") else {}
        for mode in modes_of(name):
            yield (name, repr(mode)), name, told | span | mode


async def answers(store: Store, at: datetime) -> Answers:
    return {key: await store.ask(name, params) for key, name, params in asked(at)}


def comparable(value: object) -> object:
    """A value with its floats as `approx` compares them, and of rows without an order one that is always the same."""
    if isinstance(value, dict):
        return {key: comparable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [comparable(each) for each in value]
    return pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value


def without_floats(row: Mapping[str, Any]) -> str:
    return repr([value for value in row.values() if not isinstance(value, float)])


def differences(was: Answers, seen: Answers) -> list[str]:
    found = []
    for key, rows in was.items():
        left = NOT_KEPT.get(key[0], set())
        then, now_seen = (
            sorted(({name: row[name] for name in row.keys() - left} for row in each), key=without_floats)
            for each in (rows, seen[key])
        )
        if [comparable(row) for row in then] != now_seen:
            found.append(f"{key}:\n  then {then}\n  seen {now_seen}")
    return found


def let_age(url: str) -> None:
    """Let what is kept seldom be old enough to be kept at its next change."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in ("feeds", "components", "network_devices", "rejected_messages"):
            connection.execute(f"UPDATE {table} SET version_since = '-infinity'")  # type: ignore[arg-type]


def live_through(url: str) -> dict[datetime, tuple[str, Answers]]:
    """Let everything happen, and ask everything after each step."""
    told: dict[datetime, tuple[str, Answers]] = {}

    async def look(step: str) -> None:
        store = await Store.open(url)
        at = now()
        told[at] = step, await answers(store, at)
        await store.close()

    with happening(url) as room:
        for step in STEPS:
            step(room)
            let_age(url)
            time.sleep(0.02)
            asyncio.run(look(step.__name__))
            time.sleep(0.02)
    return told


@pytest.mark.timeout(300)  # some thousand questions
def test_every_question_answers_as_it_did_at_the_moment(database_url: str) -> None:
    told = live_through(database_url)

    async def look_back() -> list[str]:
        store = await Store.open(database_url, past=True)
        found = []
        for at, (step, was) in told.items():
            found += [f"after {step}: {each}" for each in differences(was, await answers(store, at))]
        await store.close()
        return found

    found = asyncio.run(look_back())
    assert not found, f"{len(found)} differ:\n" + "\n".join(found[:10])
    answered = {name for _, was in told.values() for (name, _), rows in was.items() if rows}
    assert answered | NOT_COMPARED.keys() | NOT_YET_LIVED == questions().keys()


def test_whoever_adds_a_column_adds_it_to_what_is_kept_of_the_table(database_url: str) -> None:
    """`past.keep` says how; a view that lacks one lets a question of the past fail."""
    columns: dict[str, list[str]] = {}
    for schema, table, column in ask(
        database_url,
        "SELECT nspname, relname, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid "
        "JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname IN ('public', 'past') AND relkind IN ('r', 'v') "
        "AND attnum > 0 AND NOT attisdropped ORDER BY attrelid, attnum",
    ):
        columns.setdefault(f"{schema}.{table}", []).append(column)
    kept = {name.removeprefix("past.").removesuffix("_was") for name in columns if name.endswith("_was")}
    shown = {name.removeprefix("past.") for name in columns if name.startswith("past.")}
    for table in kept - {"aggregates"}:
        assert columns[f"past.{table}_was"] == ["until", "gone", *columns[f"public.{table}"]]
    tables = [name.removeprefix("public.") for name in columns if name.startswith("public.")]
    read = [
        table for table in tables if any(re.search(rf"\b(FROM|JOIN) {table}\b", sql) for sql in questions().values())
    ]
    assert set(read) - shown == NEVER_CHANGING
    for table in set(read) - NEVER_CHANGING:
        assert set(columns[f"past.{table}"]) >= set(columns[f"public.{table}"]) - BOOKKEEPING
    assert kept - {"aggregates"} < set(read)


def test_a_column_that_its_past_does_not_have_stops_nobody(database_url: str) -> None:
    """A city's own column, or one that a migration forgot to bring to what is kept: batches go on."""
    with happening(database_url) as room:
        room.price("pasar-anyar", 13_000, timedelta(seconds=100))
        room.case("LAKSA-1", "menunggu", DAY)
        for table in ("feeds", "cases"):
            with psycopg.connect(database_url) as connection:
                connection.execute(f"ALTER TABLE {table} ADD COLUMN note text DEFAULT 'none'")  # type: ignore[arg-type]
        room.price("pasar-anyar", 13_500, timedelta(seconds=50))
        room.case("LAKSA-1", "proses", timedelta(hours=1))
    assert ask(database_url, "SELECT count(*) FROM past.feeds_was WHERE stream = 'prices'") == [(1,)]
    assert ask(database_url, "SELECT status FROM past.cases_was") == [("menunggu",)]


def test_what_changes_all_the_time_is_kept_seldom_and_never_shown_later_than_it_was(database_url: str) -> None:
    moments = []
    with happening(database_url) as room:
        for number in range(20):
            room.price("pasar-anyar", 13_000 + number, timedelta(seconds=100 - number))
            room.refused(b"x")
            room.beat("ingest", number)
            moments.append(now())
    assert ask(database_url, "SELECT count(*) FROM past.feeds_was WHERE stream = 'prices'") == [(1,)]
    assert ask(database_url, "SELECT count(*) FROM past.components_was") == [(1,)]
    for at in moments:
        for feed in asked_then(database_url, "feeds", at):
            assert feed["last_received_at"] <= at
        [refused] = asked_then(database_url, "rejected_messages", at)
        assert (refused["received_at"] <= at, refused["payload"]) == (True, b"x")
        [process] = asked_then(database_url, "components", at)
        assert (process["beats"], process["beat_at"] <= at) == (True, True)


def test_a_process_that_was_silent_was_silent_then(database_url: str) -> None:
    with happening(database_url) as room, psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO components (name, instance, started_at, beat_at) VALUES ('ingest', 'here', %(at)s, %(at)s)",
            {"at": now() - timedelta(seconds=60)},
        )
        room.beat("ingest", 1)
        back = now()
        room.beat("ingest", 2)
        room.beat("ingest", 3)
    for at, beats in ((back - timedelta(seconds=58), True), (back - timedelta(seconds=30), False), (back, True)):
        [process] = asked_then(database_url, "components", at)
        assert process["beats"] is beats
    assert asked_then(database_url, "components", back - timedelta(seconds=61)) == []


def test_versions_go_with_the_days_that_can_be_shown(database_url: str) -> None:
    with happening(database_url) as room:
        room.case("LAKSA-1", "menunggu", DAY)
        room.case("LAKSA-1", "proses", DAY / 2)
    aged = "UPDATE past.kept SET since = now() - interval '20 days'; UPDATE past.cases_was SET until = now() - {}"
    for until, left in (("interval '130 hours'", 1), ("interval '150 hours'", 0)):
        with psycopg.connect(database_url) as connection:
            connection.execute(aged.format(until))  # type: ignore[arg-type] # the test's own
        with closing(Upkeep(database_url)) as upkeep:
            tidied = upkeep.tidy(retention_days=30, replay_days=5)
        assert tidied is not None
        assert tidied.versions == 1 - left
        [since] = asked_then(database_url, "replay_since", now())
        assert timedelta(0) <= now() - 5 * DAY - since["since"] < timedelta(minutes=1)


def test_nothing_is_changed_in_the_past(database_url: str) -> None:
    async def change() -> None:
        store = await Store.open(database_url, past=True)
        try:
            async with store.changing() as connection:
                await connection.execute("INSERT INTO public.retry_requests (reason) VALUES ('x')")
        finally:
            await store.close()

    with pytest.raises(DatabaseAway, match="read-only"):
        asyncio.run(change())


def asked_then(url: str, name: str, at: datetime) -> Rows:
    async def once() -> Rows:
        store = await Store.open(url, past=True)
        try:
            return await store.ask(name, params_at(at) | {"reason": ""})
        finally:
            await store.close()

    return asyncio.run(once())
