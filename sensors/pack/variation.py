"""The bands of a price's coefficient of variation; `sensors.judge.price_history` applies them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sensors.pack.entry import Entry
from sensors.pack.files import entries

COLUMNS = ("low", "included", "level", "word", "days", "least_days", "valid_from", "regulation", "source")
MOST_DAYS = 35
"""As many days as the room asks for; a band over more could never be told."""


@dataclass(frozen=True, slots=True)
class PriceBand:
    """From `low` percent on, itself only if `included`, up to the next band; `level` 0 is quiet, 1 amber, 2 red.

    It is about `days` days, of which at least `least_days` must be there.
    """

    low: float
    included: bool
    level: int
    word: str
    days: int
    least_days: int
    valid_from: date
    regulation: str
    source: str


def read_price_bands(path: Path) -> tuple[PriceBand, ...]:
    """Sets of bands, the older set first, each set from 0 rising and over one span of days."""
    found: list[PriceBand] = []
    for line in entries(path, COLUMNS):
        band = PriceBand(
            low=line.number("low", 0, 1000),
            included=line.truth("included"),
            level=line.whole("level", 0, 2),
            word=line.text("word"),
            days=line.whole("days", 2, MOST_DAYS),
            least_days=line.whole("least_days", 2, MOST_DAYS),
            valid_from=line.day("valid_from"),
            regulation=line.text("regulation"),
            source=line.text("source"),
        )
        if band.least_days > band.days:
            raise line.wrong("least_days", f"at most days, {band.days}")
        _check_follows(line, band, found[-1] if found else None)
        found.append(band)
    return tuple(found)


def _check_follows(line: Entry, band: PriceBand, before: PriceBand | None) -> None:
    if before is None or band.valid_from != before.valid_from:
        if before is not None and band.valid_from < before.valid_from:
            raise line.wrong("valid_from", f"a day from {before.valid_from} on")
        if band.low != 0 or not band.included:
            raise line.wrong("low", "0 first, included")
        return
    if band.low <= before.low:
        raise line.wrong("low", f"more than {before.low:g}, the band before")
    for name, own, others in (
        ("days", band.days, before.days),
        ("least_days", band.least_days, before.least_days),
    ):
        if own != others:
            raise line.wrong(name, f"{others}, as in the band before")
