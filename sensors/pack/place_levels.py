"""From when on a kelurahan or a kecamatan is called kuning, jingga or merah: dated rows, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sensors.pack.entry import Entry
from sensors.pack.files import entries

SCOPES = ("kelurahan", "kecamatan")
MEASURES = ("overdue", "open", "gauge", "air", "warning", "red")
LEVELS = ("kuning", "jingga", "merah")
"""From the mildest to the worst; a place of none of them is as usual."""
LOWER_IS_WORSE = frozenset({"gauge"})
"""Siaga 1 is worse than siaga 4."""
MOST = 100_000.0


@dataclass(frozen=True, slots=True)
class PlaceLevel:
    """A place of this scope whose `measure` reaches `threshold` has at least this level.

    With `least` only when it has so many open cases: twice the median of one case is no news. `sample`: the project's
    own choice, shown as "contoh".
    """

    scope: str
    measure: str
    level: str
    threshold: float
    least: float
    valid_from: date
    source: str
    sample: bool

    @property
    def rank(self) -> int:
        """How bad, from 1 to 3."""
        return LEVELS.index(self.level) + 1

    def reached(self, value: float) -> bool:
        """Whether a figure is as bad as this row says."""
        return value <= self.threshold if self.measure in LOWER_IS_WORSE else value >= self.threshold


def read_place_levels(path: Path) -> tuple[PlaceLevel, ...]:
    """The rows in the file's order; rows of one scope, measure and level are versions of one rule."""
    found: list[PlaceLevel] = []
    for line in entries(
        path, ("scope", "measure", "level", "threshold", "least", "valid_from", "source", "sample"), at_least=0
    ):
        row = _row(line)
        if any(_same(row, other) and row.valid_from <= other.valid_from for other in found):
            raise line.wrong("valid_from", "a later day than this rule's row before")
        found.append(row)
    return tuple(found)


def _row(line: Entry) -> PlaceLevel:
    scope, measure = line.known("scope", SCOPES), line.known("measure", MEASURES)
    if measure == "red" and scope != "kecamatan":
        raise line.wrong("scope", "kecamatan: red counts the kelurahan of one")
    return PlaceLevel(
        scope=scope,
        measure=measure,
        level=line.known("level", LEVELS),
        threshold=line.number("threshold", 0, MOST),
        least=line.optional_number("least", 0, MOST) or 0.0,
        valid_from=line.day("valid_from"),
        source=line.text("source"),
        sample=line.truth("sample"),
    )


def _same(one: PlaceLevel, other: PlaceLevel) -> bool:
    return (one.scope, one.measure, one.level) == (other.scope, other.measure, other.level)
