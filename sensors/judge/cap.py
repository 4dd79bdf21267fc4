"""The room's word for a CAP 1.2 alert, from its severity, urgency and certainty.

The standard (OASIS CAP 1.2, 3.2.2) defines these three words and no scale over them; which of our levels they make is
this project's own choice, written as rows in the pack (`cap_levels.csv`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sensors.pack.warnings import CapLevel


def judge_cap(severity: str, urgency: str, certainty: str, rows: Sequence[CapLevel]) -> str:
    """`info`, `waspada`, `siaga` or `awas`: the first row that fits; a pack's last row fits every alert."""
    return next(row.level for row in rows if row.fits(severity, urgency, certainty))
