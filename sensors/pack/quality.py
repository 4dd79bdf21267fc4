"""From when a value is doubted, kind by kind; `sensors.judge.quality` applies it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sensors.kinds import KINDS
from sensors.pack.entry import Entry, once
from sensors.pack.files import entries

COLUMNS = (
    "kind", "most_per_minute", "stuck_minutes", "neighbour_km", "neighbour_difference",
    "valid_from", "source", "sample",
)  # fmt: skip
_A_MONTH = 43_200  # minutes: what stands longer is a device nobody reads


@dataclass(frozen=True, slots=True)
class QualityRule:
    """What is doubted of a kind, in its unit; None judges nothing.

    A change of more than `most_per_minute`; the very same value for `stuck_after`; a value that differs by more than
    `neighbour_difference` from the middle of the devices of the kind within `neighbour_km`.
    """

    kind: str
    most_per_minute: float | None
    stuck_after: timedelta | None
    neighbour_km: float | None
    neighbour_difference: float | None
    valid_from: date
    source: str
    sample: bool


def read_quality(path: Path) -> Mapping[str, QualityRule]:
    """Rules by kind; a pack without the file doubts nothing."""
    found: dict[str, QualityRule] = {}
    for line in entries(path, COLUMNS) if path.exists() else ():
        once(line, "kind", found)
        kind = line.known("kind", KINDS)
        found[kind] = _rule(kind, line)
    return found


def _rule(kind: str, line: Entry) -> QualityRule:
    minutes = line.optional_number("stuck_minutes", 1, _A_MONTH)
    near = line.optional_number("neighbour_km", 0.1, 1000)
    if (near is None) != (not line.cells["neighbour_difference"]):
        raise line.wrong("neighbour_difference", "a number where neighbour_km has one, and only there")
    return QualityRule(
        kind,
        line.optional_number("most_per_minute", 1e-9, 1e9),
        None if minutes is None else timedelta(minutes=minutes),
        near,
        line.optional_number("neighbour_difference", 1e-9, 1e9),
        line.day("valid_from"),
        line.text("source"),
        line.truth("sample"),
    )
