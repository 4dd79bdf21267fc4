"""How an alarm stands, in plain words: what the database's one rule is held to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

WANTING = frozenset({"new", "acknowledged", "ended"})
"""Those that want somebody."""


def life(row: Mapping[str, Any], now: datetime) -> str:
    """By what came last in it."""
    seen, ended = row["acknowledged_at"] is not None, row["ended_at"]
    if row["withdrawn"]:
        return "withdrawn"
    if row["raised_at"] > now:
        return "coming"
    for word, at in (("reviewed", row["reviewed_at"]), ("resolved", row["resolved_at"])):
        if at is not None:
            return word
    if row["shelved_until"] is not None and row["shelved_until"] > now:
        return "shelved"
    if ended is None:
        return "acknowledged" if seen else "new"
    known_while_it_held = ended > row["known_at"]
    return "ended" if not seen and known_while_it_held and now - ended < timedelta(days=1) else "closed"
