"""How long a device's readings take to arrive, in words, and whether its clock runs ahead."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.formats import duration, known, number
from layouts.panel import Row
from layouts.parts import Fact

_WHOLE = 1.0
"""Seconds: many devices tell whole ones, so that a clock that is right seems ahead by up to one."""


def delay_facts(rows: Sequence[Row]) -> list[Fact]:
    """From `device_delays`: the usual delay with its ends, and what a delay below zero means; nothing of no arrival."""
    found = [known(rows[0][name]) for name in ("shortest", "middle", "longest")] if rows else []
    if not found or None in found:
        return []
    shortest, middle, longest = (value or 0.0 for value in found)
    said: list[Fact] = [
        ("Tiba setelah diukur", f"biasanya {_span(middle)}, dari {_span(shortest)} sampai {_span(longest)}", "delay")
    ]
    if shortest < -_WHOLE:
        said.append(("Jam perangkat", f"◇ mendahului sedikitnya {_span(-shortest)}", "clock"))
    return said


def _span(seconds: float) -> str:
    if seconds < 0:
        return f"−{_span(-seconds)}"
    return f"{number(seconds, 1)} detik" if seconds < 60 else duration(seconds)  # noqa: PLR2004 - a minute
