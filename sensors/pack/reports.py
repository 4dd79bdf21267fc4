"""Which reports are made by the clock: reports.toml, one [[reports]] each; a pack without the file has none made."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from types import MappingProxyType

from sensors.pack.entry import CityError, once
from sensors.pack.files import shown, table, tables

REPORTS = "reports"
NAMES = ("harian", "mingguan", "bulanan")
"""The reports there are, as their addresses call them; `layouts.reports` makes them."""
OWNED = "mingguan"
"""The one that is about an agency."""
KEYS = ("key", "report", "at", "folder", "mail", "agencies")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """A report that is made at a local time after each of its periods is over.

    It goes to `folder`, and to the people of the mail channel `mail` (empty: to nobody). `agencies` are those whose
    weekly reports are made.
    """

    key: str
    report: str
    at: time
    folder: str
    mail: str
    agencies: tuple[str, ...]


def read_planned_reports(path: Path, agencies: Collection[str]) -> Mapping[str, PlannedReport]:
    """By key in the file's order. Raises `CityError` naming file, entry and expectation."""
    if not path.exists():
        return MappingProxyType({})
    here, found = shown(path), tables(path)
    listed = found.get(REPORTS)
    if set(found) != {REPORTS} or not isinstance(listed, list) or not listed:
        raise CityError(f"{here}: found {', '.join(found) or 'nothing'}, expected one or more [[{REPORTS}]]")
    plans: dict[str, PlannedReport] = {}
    for number, each in enumerate(listed, start=1):
        entry = table(f"{here}: [[{REPORTS}]] {number}", each, KEYS)
        once(entry, "key", plans)
        report = entry.known("report", NAMES)
        if (report == OWNED) != bool(entry.cells["agencies"]):
            raise entry.wrong("agencies", f"agencies for {OWNED}, nothing for any other report")
        plans[entry.key("key")] = PlannedReport(
            entry.key("key"),
            report,
            time.fromisoformat(entry.matching("at", _CLOCK, "a time like 06:30")),
            entry.key("folder"),
            entry.key("mail") if entry.cells["mail"] else "",
            entry.known_all("agencies", agencies) if entry.cells["agencies"] else (),
        )
    return MappingProxyType(plans)
