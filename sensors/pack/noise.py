"""The noise levels of zones; `sensors.judge.noise` applies them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sensors.pack.entry import once
from sensors.pack.files import entries

QUIET, LOUD = 20, 120  # dB(A): no zone's level lies beyond
COLUMNS = ("zone", "name", "limit", "tolerance", "tolerance_sample", "regulation", "valid_from", "source")


@dataclass(frozen=True, slots=True)
class NoiseLimit:
    """The level Lsm in dB(A) wanted in a zone; up to `tolerance` dB more may be put down to the measurement."""

    zone: str
    name: str
    limit: float
    tolerance: float
    tolerance_sample: bool
    regulation: str
    valid_from: date
    source: str


def read_noise_limits(path: Path) -> dict[str, NoiseLimit]:
    """Levels by zone."""
    found: dict[str, NoiseLimit] = {}
    for line in entries(path, COLUMNS):
        once(line, "zone", found)
        key = line.key("zone")
        found[key] = NoiseLimit(
            key,
            line.text("name"),
            line.number("limit", QUIET, LOUD),
            line.number("tolerance", 0, 10),
            line.truth("tolerance_sample"),
            line.text("regulation"),
            line.day("valid_from"),
            line.text("source"),
        )
    return found
