"""The room as it was known at a moment: every question answers as it did then, whatever has come since."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import psycopg
import pytest

from dashboard.terms import terms_of
from data.queries import question, questions
from data.store import Store
from tests.asking import PARAMS
from tests.happening import DAY, GAUGE, SERIES, STEPS, happening, now
from tests.pack import CITY

pytestmark = pytest.mark.integration

MODES: Mapping[str, Sequence[object]] = {
    "range": ("6h", "24h", "7d", "30d", "1y"), "period": ("30d", "1y"), "life": ("", "semua", "ditunda", "berakhir"),
    "device": ("air-1", "gauge-1", "other-1", GAUGE), "alarm": ("1", "2"), "service": ("laksa", "siaga-112"),
    "state": ("", "all"), "status": ("", None),
}  # fmt: skip
NOT_COMPARED = {
    "component_metrics": "what a process measures of itself is Prometheus' to keep",
    "replay_since": "how far back one can go is a thing of today",
}
NOT_KEPT = {"rejected_messages": {"payload", "kept_bytes"}}  # of what was removed since
NEVER_ANSWERED = {"unplaced_readings", "alarm_kin"}
Rows = list[dict[str, Any]]
Answers = dict[tuple[str, str], Rows]


def params_at(at: datetime) -> dict[str, Any]:
    ago = at - DAY
    return {
        **PARAMS, **terms_of(CITY, at), "now": at, "devices": [key for key in (*SERIES, GAUGE) if key != "other-1"],
        "kinds": sorted({kind for kinds in SERIES.values() for kind in kinds}),
        "sinces": [ago], "after": ago, "floor": ago, "since": at - 30 * DAY, "until": at, "rows": 400,
        "commodity": "beras-medium", "located": False,
    }  # fmt: skip


def asked(at: datetime) -> Iterator[tuple[tuple[str, str], str, dict[str, Any]]]:
    """Every question in every mode it has."""
    told = params_at(at)
    for name in sorted(questions().keys() - NOT_COMPARED.keys()):
        text = question(name)
        modes: list[dict[str, object]] = [{}]
        for key, values in MODES.items():
            if f"%({key})s" in text:
                modes = [mode | {key: value} for mode in modes for value in values]
        if name == "alarm_readings":
            modes = [{"devices": ["air-1"], "kinds": ["pm25"]}]
        for mode in modes:
            yield (name, repr(mode)), name, {**told, **mode}


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
    assert answered | NOT_COMPARED.keys() | NEVER_ANSWERED == questions().keys()
