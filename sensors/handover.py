"""How a shift is handed over: the outgoing position writes, another one or a later turn of the same accepts. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sensors.shifts import Turn

LONGEST_NOTE = 2000
OWN, ALREADY, UNKNOWN = "own", "already", "unknown"
"""Why a note is not accepted: its own writer would in the same turn, it has been, there is none."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What an outgoing position leaves to whoever comes: at most 2000 characters about the turn that ends."""

    actor: str
    at: datetime
    turn: Turn
    note: str


def objection(handover: Mapping[str, Any], actor: str, now: datetime) -> str | None:
    """Why a position does not accept a row of `handovers`; None where it may.

    A position is a seat, the same by day and by night (duty.csv names none by shift): whoever sits there in a later
    turn is somebody else and takes over rightly, in the same turn it is who has just gone. So the shift decides.
    """
    if handover["accepted_at"] is not None:
        return ALREADY
    return OWN if handover["written_by"] == actor and now < handover["shift_ends_at"] else None
