"""A shift is handed over once and taken over once, whoever else tries, and what was written stays as it was."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import psycopg
import pytest

from data.handovers import Accepted, accept, write
from data.store import Store
from sensors.handover import ALREADY, OWN, UNKNOWN, Handover
from sensors.shifts import turn_at
from tests.asking import answer
from tests.batches import ask
from tests.pack import CITY

pytestmark = pytest.mark.integration

NOW = datetime(2026, 11, 29, 7, 30, tzinfo=UTC)  # 14.30 WIB, half an hour before the morning shift ends
MINUTE = timedelta(minutes=1)
Found = TypeVar("Found")


def do(url: str, deed: Callable[[Store], Awaitable[Found]]) -> Found:
    async def once() -> Found:
        store = await Store.open(url)
        try:
            return await deed(store)
        finally:
            await store.close()

    return asyncio.run(once())


def written(url: str, note: str = "Pompa 2 menyala", actor: str = "operator-1", at: datetime = NOW) -> bool:
    turn = turn_at(CITY.shifts, CITY.zone, at)
    return do(url, lambda store: write(store, Handover(actor, at, turn, note)))


def accepted(url: str, ident: int, actor: str, at: datetime = NOW) -> Accepted:
    return do(url, lambda store: accept(store, ident, actor, at))


def test_a_note_is_written_accepted_and_told_with_its_shift(database_url: str) -> None:
    assert written(database_url)
    (row,) = answer(database_url, "handovers", now=NOW)
    assert (row["shift"], row["written_by"], row["accepted_at"]) == ("pagi", "operator-1", None)
    assert row["shift_ends_at"] - row["shift_began_at"] == timedelta(hours=8)
    assert accepted(database_url, row["id"], "operator-2") == Accepted(None)
    (row,) = answer(database_url, "handovers", now=NOW)
    assert (row["accepted_at"], row["accepted_by"], row["note"]) == (NOW, "operator-2", "Pompa 2 menyala")


def test_the_same_words_sent_twice_are_one_note_and_other_words_another(database_url: str) -> None:
    sent = [("a", NOW), ("a", NOW + MINUTE / 2), ("b", NOW), ("a", NOW + 2 * MINUTE)]
    assert [written(database_url, note, at=at) for note, at in sent] == [True, False, True, True]


def test_who_writes_a_note_does_not_accept_it_in_the_same_turn_but_the_next_one_at_that_seat_does(
    database_url: str,
) -> None:
    assert written(database_url)
    (row,) = answer(database_url, "handovers", now=NOW)
    assert accepted(database_url, row["id"], "operator-1").objection == OWN
    assert accepted(database_url, row["id"], "operator-1", row["shift_ends_at"]) == Accepted(None)


def test_of_two_who_accept_at_once_one_is_first_and_the_other_is_told_who(database_url: str) -> None:
    assert written(database_url)
    (row,) = answer(database_url, "handovers", now=NOW)

    async def both(store: Store) -> list[Accepted]:
        return list(await asyncio.gather(*(accept(store, row["id"], who, NOW) for who in ("operator-2", "operator-3"))))

    first, second = sorted(do(database_url, both), key=lambda each: each.objection is not None)
    assert first == Accepted(None)
    assert (second.objection, second.at) == (ALREADY, NOW)
    (winner,) = answer(database_url, "handovers", now=NOW)
    assert second.actor == winner["accepted_by"]
    assert accepted(database_url, 10**9, "operator-2") == Accepted(UNKNOWN)


@pytest.mark.parametrize("deed", ["UPDATE handovers SET note = 'x'", "DELETE FROM handover_acceptances"])
def test_nothing_of_it_is_rewritten(database_url: str, deed: str) -> None:
    assert written(database_url)
    (row,) = answer(database_url, "handovers", now=NOW)
    accepted(database_url, row["id"], "operator-2")
    with psycopg.connect(database_url) as connection, pytest.raises(psycopg.errors.RaiseException, match="rewritten"):
        connection.execute(deed)  # type: ignore[arg-type] # one of two literals
    assert ask(database_url, "SELECT note FROM handovers") == [("Pompa 2 menyala",)]
