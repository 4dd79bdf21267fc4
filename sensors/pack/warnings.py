"""How grave a CAP alert is in the words of the room: rows of the pack, the first that fits decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sensors.cap import CERTAINTIES, SEVERITIES, URGENCIES
from sensors.pack.entry import CityError, Entry
from sensors.pack.files import entries, shown

LEVELS = ("info", "waspada", "siaga", "awas")
ANY = "*"


@dataclass(frozen=True, slots=True)
class CapLevel:
    """An alert of one of these severities, urgencies and certainties is of `level`."""

    severities: frozenset[str]
    urgencies: frozenset[str]
    certainties: frozenset[str]
    level: str
    source: str

    def fits(self, severity: str, urgency: str, certainty: str) -> bool:
        """Whether the row speaks of such an alert."""
        return severity in self.severities and urgency in self.urgencies and certainty in self.certainties


def read_cap_levels(path: Path) -> tuple[CapLevel, ...]:
    """The rows in their order, the last of which fits every alert."""
    rows = tuple(
        CapLevel(
            _words(line, "severity", SEVERITIES),
            _words(line, "urgency", URGENCIES),
            _words(line, "certainty", CERTAINTIES),
            line.known("level", LEVELS),
            line.text("source"),
        )
        for line in entries(path, ("severity", "urgency", "certainty", "level", "source"))
    )
    last = rows[-1]
    if (len(last.severities), len(last.urgencies), len(last.certainties)) != tuple(
        map(len, (SEVERITIES, URGENCIES, CERTAINTIES))
    ):
        raise CityError(f"{shown(path)}: found a last row for some alerts only, expected *,*,* to take the rest")
    return rows


def _words(line: Entry, name: str, among: Iterable[str]) -> frozenset[str]:
    words = tuple(among)
    return frozenset(words if line.text(name) == ANY else line.known_all(name, words))
