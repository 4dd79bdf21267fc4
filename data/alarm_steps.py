"""The steps that people take at alarms: each deed is one transaction, which locks its alarms and then judges them.

So of two operators who do the same at once one is first, and the other is told who. A step is never rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.store import Connection, Store
from data.writes import statement
from sensors.alarm_life import ALREADY, SAME_NOTE, Deed, objection

_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a deed at one alarm: `objection` None where it was done.

    Where it had been done before, `actor` and `at` say by whom and when, as far as anybody wrote it down.
    """

    id: int
    objection: str | None
    actor: str | None = None
    at: datetime | None = None


async def take(store: Store, deed: Deed) -> tuple[Taken, ...]:
    """Do it at every alarm where it makes sense, all or nothing, and say of each what became of it.

    An alarm that does not exist is `unknown`. Raises `DataError`.
    """
    facts = {
        "step": deed.step, "ids": list(deed.ids), "actor": deed.actor, "at": deed.at, "note": deed.note,
        "agency": deed.agency, "until": deed.until,
    }  # fmt: skip
    async with store.changing() as connection:
        alarms = await _rows(connection, "alarm_lock", facts)
        before = {row["alarm_id"]: row for row in await _rows(connection, "alarm_steps_last", facts)}
        taken = [_judge(deed, alarm, before.get(alarm["id"])) for alarm in alarms]
        done = [each.id for each in taken if each.objection is None]
        if done:
            await connection.execute(statement("alarm_step"), facts | {"ids": done})
            await connection.execute(statement("notify"), {"streams": "alarms"})
    found = {each.id: each for each in taken}
    return tuple(found.get(each) or Taken(each, _UNKNOWN) for each in dict.fromkeys(deed.ids))


def _judge(deed: Deed, alarm: Mapping[str, Any], before: Mapping[str, Any] | None) -> Taken:
    why = objection(deed.step, alarm, deed.agency)
    if why is None and deed.step == "noted" and before is not None and _same_note(deed, before):
        why = ALREADY
    if why != ALREADY:
        return Taken(alarm["id"], why)
    if deed.step == "acknowledged":  # who assigned it had seen it, without a step of its own
        return Taken(alarm["id"], why, alarm["acknowledged_by"], alarm["acknowledged_at"])
    return Taken(alarm["id"], why, before["actor"] if before else None, before["at"] if before else None)


def _same_note(deed: Deed, before: Mapping[str, Any]) -> bool:
    same = before["actor"] == deed.actor and before["note"] == deed.note
    return bool(same and deed.at - before["at"] < SAME_NOTE)


async def _rows(connection: Connection, name: str, params: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return await (await connection.execute(statement(name), params)).fetchall()
