"""Rows sorted out: by device and kind, and into evenly spaced series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from layouts.formats import known
from layouts.panel import Row

Latest = dict[tuple[str, str], Row]
Series = dict[str, tuple[float | None, ...]]


def latest_of(rows: Sequence[Row]) -> Latest:
    """The newest reading of each (device, kind) with a finite value."""
    return {(row["device"], row["kind"]): row for row in rows if known(row["value"]) is not None}


def series_of(rows: Sequence[Row], name: str, step: timedelta, count: int) -> Series:
    """By row[name], `count` values a `step` apart ending at the newest bucket of all; silence is None."""
    end = max((row["bucket"] for row in rows), default=None)
    if not isinstance(end, datetime):
        return {}
    found: dict[str, list[float | None]] = defaultdict(lambda: [None] * count)
    for row in rows:
        index = count - 1 - round((end - row["bucket"]) / step)
        if 0 <= index < count:
            found[row[name]][index] = known(row["value"])
    return {key: tuple(values) for key, values in found.items()}
