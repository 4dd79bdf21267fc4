"""Who may be on duty: positions of the room and of agencies, never the names of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sensors.pack.entry import once
from sensors.pack.files import entries
from sensors.pack.offices import Agency


@dataclass(frozen=True, slots=True)
class Position:
    """A place on duty and whose it is. `sample` = not confirmed by the city."""

    key: str
    name: str
    agency: str
    sample: bool


def read_duty(path: Path, agencies: Mapping[str, Agency]) -> Mapping[str, Position]:
    """Positions by key, in the order in which an alarm is passed on; a pack without the file has none."""
    positions: dict[str, Position] = {}
    for line in entries(path, ("key", "name", "agency", "sample")) if path.exists() else ():
        once(line, "key", positions)
        key, agency = line.key("key"), line.known("agency", agencies)
        positions[key] = Position(key, line.text("name"), agency, line.truth("sample"))
    return MappingProxyType(positions)
