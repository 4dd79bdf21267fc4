"""Files of single figures: `key,value,unit,valid_from,source`, each once, each in its own unit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sensors.pack.entry import CityError, Entry, once
from sensors.pack.files import entries, shown

COLUMNS = ("key", "value", "unit", "valid_from", "source")


def read_figures(path: Path, units: Mapping[str, str]) -> dict[str, Entry]:
    """The line of every key of `units`; one in another unit is refused, not converted.

    Raises `CityError` for one that is missing.
    """
    found: dict[str, Entry] = {}
    for line in entries(path, COLUMNS):
        once(line, "key", found)
        line.text("source")
        line.day("valid_from")
        key = line.known("key", units)
        line.known("unit", (units[key],))
        found[key] = line
    if missing := [name for name in units if name not in found]:
        raise CityError(f"{shown(path)}: found no line for {missing[0]!r}, expected one of each: {', '.join(units)}")
    return found
