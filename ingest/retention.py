"""The edge of what the store keeps: a reading before it is refused by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from data.records import Rejection
from sensors.reading import Reading


def split_by_age(
    readings: Sequence[Reading], received_at: datetime, days: int
) -> tuple[tuple[Reading, ...], tuple[Rejection, ...]]:
    """Those that are young enough, and one rejection for all that are not."""
    # After their day is dropped, nothing is left to tell a late reading from a redelivered one.
    oldest = received_at - timedelta(days=days)
    kept = tuple([reading for reading in readings if reading.observed_at >= oldest])
    if len(kept) == len(readings):
        return kept, ()
    found = next(reading.observed_at for reading in readings if reading.observed_at < oldest).isoformat()
    return kept, (Rejection("too-old", f"observed_at: found {found}, expected at most {days} days before now"),)
