"""Whom a forecast or an earthquake is owed to: BMKG asks for its name beside everything it publishes."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.panel import Row

SIMULATED = "simulasi"
"""In the name of a channel: what the virtual city makes up in BMKG's form."""


def credit(rows: Sequence[Row]) -> str:
    """`BMKG`, with `(simulasi)` as soon as one of the rows is made up; empty without rows."""
    if not rows:
        return ""
    return "BMKG (simulasi)" if any(SIMULATED in (row["channel"] or "") for row in rows) else "BMKG"
