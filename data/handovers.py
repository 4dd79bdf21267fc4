"""The notes by which shifts are handed over: each is written once and accepted once, and neither is ever rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.store import Connection, Store
from data.writes import statement
from sensors.handover import ALREADY, UNKNOWN, Handover, objection

STREAM = "alarms"
"""What is told: whoever shows alarms shows who has taken them over."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of an acceptance: `objection` None where it was done, else who had accepted and when, if anybody."""

    objection: str | None
    actor: str | None = None
    at: datetime | None = None


async def write(store: Store, handover: Handover) -> bool:
    """Keep a note; False where it had been kept already. Raises `DataError`."""
    turn = handover.turn
    facts = {
        "actor": handover.actor, "at": handover.at, "note": handover.note, "shift": turn.shift.key,
        "began_at": turn.begins_at, "ends_at": turn.ends_at,
    }  # fmt: skip
    async with store.changing() as connection:
        written = (await connection.execute(statement("handover_written"), facts)).rowcount > 0
        if written:
            await connection.execute(statement("notify"), {"streams": STREAM})
    return written


async def accept(store: Store, ident: int, actor: str, at: datetime) -> Accepted:
    """Take a note over: of two positions who do so at once one is first. Raises `DataError`."""
    facts = {"id": ident, "actor": actor, "at": at}
    async with store.changing() as connection:
        row = await _row(connection, facts)
        if row is None:
            return Accepted(UNKNOWN)
        why = objection(row, actor, at)
        if why is None and not (await connection.execute(statement("handover_accepted"), facts)).rowcount:
            row, why = await _row(connection, facts), ALREADY  # while we waited for the row another one was first
        if why is None:
            await connection.execute(statement("notify"), {"streams": STREAM})
            return Accepted(None)
    return Accepted(why, row["accepted_by"], row["accepted_at"]) if row else Accepted(why)


async def _row(connection: Connection, facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return await (await connection.execute(statement("handover_lock"), facts)).fetchone()
