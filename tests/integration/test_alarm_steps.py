"""The steps of people at alarms before a real database: once, twice, two at once, many at once, and the refused."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta

import psycopg
import pytest

from data.alarm_steps import Taken, take
from data.store import Store
from sensors.alarm_life import ALREADY, ENDED, HOLDS, RESOLVED, REVIEWED, STEPS, WITHDRAWN, Deed, DeedError
from tests.batches import NOW, ask
from tests.pack import CITY
from tests.raising import raise_alarm, raise_many

pytestmark = pytest.mark.integration

GAUGE = next(device.key for device in CITY.devices.values() if device.ladder)
SAYS: dict[str, dict[str, object]] = {
    "assigned": {"agency": "dpupr"}, "noted": {"note": "Pompa menyala"}, "shelved": {"until": NOW + timedelta(hours=2)},
}  # fmt: skip
FIRST, SECOND = "operator-1", "operator-2"


def deed(step: str, *ids: int, actor: str = FIRST, minutes: float = 0, **more: object) -> Deed:
    told = {**SAYS.get(step, {}), **more}
    return Deed(step, ids, actor, NOW + timedelta(minutes=minutes), **told)  # type: ignore[arg-type]


def does(url: str, *deeds: Deed) -> list[Taken]:
    async def each() -> list[Taken]:
        store = await Store.open(url)
        try:
            return [found for one in deeds for found in await take(store, one)]
        finally:
            await store.close()

    return asyncio.run(each())


def steps(url: str, ident: int) -> list[tuple[str, str]]:
    found = ask(url, f"SELECT step, actor FROM alarm_steps WHERE alarm_id = {ident} ORDER BY id")
    return [(step, actor) for step, actor in found if actor != "engine"]


@pytest.fixture
def alarm(database_url: str) -> int:
    return raise_alarm(database_url, "siaga-1", GAUGE, NOW - timedelta(minutes=5))


def end(url: str, ident: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE alarms SET ended_at = %s WHERE id = %s", (NOW, ident))


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_once_and_the_second_operator_hears_who_was_first(
    database_url: str, alarm: int, step: str
) -> None:
    before = [deed("shelved", alarm)] if step == "unshelved" else []
    if step == "reviewed":
        end(database_url, alarm)
    *_, done = does(database_url, *before, deed(step, alarm, note="Pompa menyala"))
    assert done == Taken(alarm, None)
    taken = [*steps(database_url, alarm)]
    assert taken[-1] == (step, FIRST)
    columns = "SELECT * FROM alarms"
    kept = ask(database_url, columns)
    (again,) = does(database_url, deed(step, alarm, actor=FIRST, minutes=0.5, note="Pompa menyala"))
    assert (again.objection, again.actor) == (ALREADY, FIRST)
    if step != "noted":
        (other,) = does(database_url, deed(step, alarm, actor=SECOND, minutes=0.5))
        assert (other.objection, other.actor, other.at) == (ALREADY, FIRST, NOW)
    assert steps(database_url, alarm) == taken
    assert ask(database_url, columns) == kept


def test_what_a_step_says_stands_in_the_alarm_and_in_its_log(database_url: str, alarm: int) -> None:
    does(database_url, deed("assigned", alarm, note="Tolong cek"), deed("shelved", alarm, minutes=1))
    assert ask(database_url, "SELECT acknowledged_by, acknowledged_at, assigned_to, shelved_until FROM alarms") == [
        (FIRST, NOW, "dpupr", NOW + timedelta(hours=2))
    ]
    log = "SELECT step, note, agency, until FROM alarm_steps WHERE actor <> 'engine' ORDER BY id"
    assert ask(database_url, log) == [
        ("assigned", "Tolong cek", "dpupr", None),
        ("shelved", "", None, NOW + timedelta(hours=2)),
    ]
    does(database_url, deed("unshelved", alarm, minutes=2), deed("assigned", alarm, agency="bpbd", minutes=3))
    assert ask(database_url, "SELECT assigned_to, shelved_until FROM alarms") == [("bpbd", None)]


def test_of_two_operators_at_once_one_is_first(database_url: str, alarm: int) -> None:
    ready, found = threading.Barrier(2), dict[str, Taken]()

    def operator(actor: str) -> None:
        ready.wait()
        (found[actor],) = does(database_url, deed("acknowledged", alarm, actor=actor))

    for _ in range(5):
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("UPDATE alarms SET acknowledged_at = NULL, acknowledged_by = NULL")
        before = len(steps(database_url, alarm))
        threads = [threading.Thread(target=operator, args=(actor,)) for actor in (FIRST, SECOND)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (winner,) = (actor for actor, taken in found.items() if taken.objection is None)
        (loser,) = found.keys() - {winner}
        assert (found[loser].objection, found[loser].actor) == (ALREADY, winner)
        assert len(steps(database_url, alarm)) == before + 1


@pytest.mark.parametrize(
    ("before", "step", "why"),
    [
        ("withdrawn", "acknowledged", WITHDRAWN), ("withdrawn", "noted", WITHDRAWN), ("", "reviewed", HOLDS),
        ("resolved", "shelved", RESOLVED), ("resolved", "assigned", RESOLVED), ("ended", "shelved", ENDED),
        ("reviewed", "resolved", REVIEWED), ("reviewed", "shelved", REVIEWED),
    ],
)  # fmt: skip
def test_a_step_that_makes_no_sense_is_refused(database_url: str, alarm: int, before: str, step: str, why: str) -> None:
    if before == "resolved":
        does(database_url, deed("resolved", alarm))
    elif before:
        change = {"withdrawn": "withdrawn = true", "ended": "ended_at = raised_at", "reviewed": "reviewed_at = now()"}
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(f"UPDATE alarms SET {change[before]}")
    kept = steps(database_url, alarm)
    assert does(database_url, deed(step, alarm)) == [Taken(alarm, why)]
    assert steps(database_url, alarm) == kept


def test_many_are_acknowledged_in_one_transaction_with_a_step_each(database_url: str) -> None:
    ids = raise_many(database_url, 12, NOW)
    does(database_url, deed("acknowledged", ids[3], actor=SECOND))
    found = does(database_url, deed("acknowledged", *ids, 10**9, ids[0]))
    assert [each.objection for each in found] == [ALREADY if n == 3 else None for n in range(12)] + ["unknown"]
    assert [steps(database_url, ident)[-1][1] for ident in ids] == [SECOND if n == 3 else FIRST for n in range(12)]
    query = "SELECT count(DISTINCT xmin::text) FROM alarm_steps WHERE actor = 'operator-1'"
    assert ask(database_url, query) == [(1,)]


def test_who_listens_is_told_once_and_only_of_what_changed(database_url: str, alarm: int) -> None:
    with psycopg.connect(database_url, autocommit=True) as ear:
        ear.execute("LISTEN liveroom")
        does(database_url, deed("acknowledged", alarm), deed("acknowledged", alarm, actor=SECOND))
        assert [each.payload for each in ear.notifies(timeout=1)] == ["alarms"]


@pytest.mark.parametrize(
    ("step", "more", "field"),
    [("shelved", {"until": NOW + timedelta(hours=25)}, "until"), ("shelved", {"until": NOW}, "until"),
     ("shelved", {"until": None}, "until"), ("assigned", {"agency": None}, "agency"), ("noted", {"note": ""}, "note"),
     ("noted", {"note": "a" * 301}, "note"), ("noted", {"note": "a\nb"}, "note"), ("deleted", {}, "step"),
     ("acknowledged", {"agency": "bpbd"}, "agency")],
)  # fmt: skip
def test_a_deed_names_the_field_that_is_wrong(step: str, more: dict[str, object], field: str) -> None:
    with pytest.raises(DeedError) as caught:
        deed(step, 1, **more)
    assert caught.value.name == field
