"""What people may do with an alarm, and when it makes sense (ISA-18.2). Pure: screen and store judge alike.

A step that has been taken already changes nothing, so that a double click and two operators leave one step behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

from sensors.errors import SensorsError

LONGEST_SHELF = timedelta(hours=24)
"""Whatever is put aside comes back by itself within this."""
LONGEST_NOTE = 300
SAME_NOTE = timedelta(minutes=1)
"""The same words of the same position within this are one note, sent twice."""

Alarm: TypeAlias = Mapping[str, Any]
"""A row of `alarms`, with its `life` at the moment of the step."""

WITHDRAWN, HOLDS, ENDED, RESOLVED, REVIEWED = "withdrawn", "holds", "ended", "resolved", "reviewed"
"""Why a step makes no sense."""
ALREADY = "already"
"""It has been taken."""
SHELVED = "shelved"
"""The life of an alarm that is put aside, as `alarm_life` of the database says it."""


class DeedError(SensorsError):
    """A deed that says too little or too much; `name` is the field."""

    def __init__(self, name: str, expected: str) -> None:
        """Say which field, and what belongs there."""
        super().__init__(f"{name}: expected {expected}")
        self.name, self.expected = name, expected


@dataclass(frozen=True, slots=True)
class Deed:
    """One step at one or many alarms by a position on duty. Raises `DeedError` where a field is missing or wrong.

    `agency` belongs to `assigned`, `until` to `shelved`; a note may stand at every step and must at `noted`.
    """

    step: str
    ids: tuple[int, ...]
    actor: str
    at: datetime
    note: str = ""
    agency: str | None = None
    until: datetime | None = field(default=None)

    def __post_init__(self) -> None:
        """Refuse what no screen should have sent."""
        if self.step not in STEPS:
            raise DeedError("step", f"one of {', '.join(STEPS)}")
        if not self.ids:
            raise DeedError("id", "at least one alarm")
        if (self.agency is None) is (self.step == "assigned"):
            raise DeedError("agency", "an agency where, and only where, an alarm is assigned")
        if (self.until is None) is (self.step == "shelved"):
            raise DeedError("until", "an end where, and only where, an alarm is shelved")
        if self.until is not None and not timedelta() < self.until - self.at <= LONGEST_SHELF:
            raise DeedError("until", "an end within 24 hours")
        if not self.note and self.step == "noted":
            raise DeedError("note", "words")
        if len(self.note) > LONGEST_NOTE or not self.note.isprintable():
            raise DeedError("note", f"at most {LONGEST_NOTE} printable characters")


def objection(step: str, alarm: Alarm, agency: str | None = None) -> str | None:
    """Why the step makes no sense at this alarm, `ALREADY` where it has been taken, None where it may be."""
    if alarm["withdrawn"]:
        return WITHDRAWN
    return STEPS[step](alarm, agency)


def _acknowledged(alarm: Alarm, _agency: str | None) -> str | None:
    return ALREADY if alarm["acknowledged_at"] is not None else None


def _assigned(alarm: Alarm, agency: str | None) -> str | None:
    closed = _closed(alarm)
    return closed or (ALREADY if agency is not None and alarm["assigned_to"] == agency else None)


def _noted(_alarm: Alarm, _agency: str | None) -> str | None:
    return None


def _shelved(alarm: Alarm, _agency: str | None) -> str | None:
    closed = _closed(alarm) or (ENDED if alarm["ended_at"] is not None else None)
    return closed or (ALREADY if alarm["life"] == SHELVED else None)


def _unshelved(alarm: Alarm, _agency: str | None) -> str | None:
    return None if alarm["life"] == SHELVED else ALREADY


def _resolved(alarm: Alarm, _agency: str | None) -> str | None:
    if alarm["resolved_at"] is not None:
        return ALREADY
    return REVIEWED if alarm["reviewed_at"] is not None else None


def _reviewed(alarm: Alarm, _agency: str | None) -> str | None:
    if alarm["reviewed_at"] is not None:
        return ALREADY
    return HOLDS if alarm["ended_at"] is None else None


def _closed(alarm: Alarm) -> str | None:
    if alarm["reviewed_at"] is not None:
        return REVIEWED
    return RESOLVED if alarm["resolved_at"] is not None else None


STEPS: Mapping[str, Callable[[Alarm, str | None], str | None]] = MappingProxyType(
    {
        "acknowledged": _acknowledged,
        "assigned": _assigned,
        "noted": _noted,
        "shelved": _shelved,
        "unshelved": _unshelved,
        "resolved": _resolved,
        "reviewed": _reviewed,
    }
)
"""What people do, each with its objection, in the order in which a desk offers it."""
