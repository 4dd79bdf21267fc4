"""How long a case may take: a service's stages, each a dated rule with its regulation and source."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from sensors.pack.entry import Entry

Unit = Literal["working-days", "days", "hours", "minutes"]
UNITS: tuple[Unit, ...] = get_args(Unit)
DAYS_UNITS = frozenset({"working-days", "days"})
"""Those that are over at the end of a day."""
OPENED = "opened"
"""The event from which a stage runs when it does not run from a status: the case was opened."""
LONGEST = 1000
KEYS = ("key", "name", "since", "until", "types", "length", "unit", "regulation", "valid_from", "source", "sample")


@dataclass(frozen=True, slots=True)
class Stage:
    """From the event `since` (OPENED or a status) at most `length` `unit` to one of the statuses `until`.

    It holds for cases of these `types` (empty: all) whose stage began on `valid_from` or later, until a later row of
    the same key. `sample`: the figure, or that it holds for this service, is not confirmed.
    """

    key: str
    name: str
    since: str
    until: frozenset[str]
    types: frozenset[str]
    length: int
    unit: Unit
    regulation: str
    valid_from: date
    source: str
    sample: bool


def read_stages(lines: Sequence[Entry], statuses: Collection[str], types: Collection[str]) -> tuple[Stage, ...]:
    """The stages of a service; rows of one key are versions of one rule, each from a later day."""
    found: list[Stage] = []
    for line in lines:
        stage = _stage(line, statuses, types)
        if any(other.key == stage.key and other.valid_from >= stage.valid_from for other in found):
            raise line.wrong("valid_from", f"a later day than the row of {stage.key!r} before")
        found.append(stage)
    return tuple(found)


def _stage(line: Entry, statuses: Collection[str], types: Collection[str]) -> Stage:
    unit = line.known("unit", UNITS)
    return Stage(
        key=line.key("key"),
        name=line.text("name"),
        since=line.known("since", (OPENED, *statuses)),
        until=frozenset(line.known_all("until", statuses)),
        types=frozenset(line.known_all("types", sorted(types)) if line.cells["types"] else ()),
        length=line.whole("length", 1, LONGEST),
        unit=next(each for each in UNITS if each == unit),
        regulation=line.text("regulation"),
        valid_from=line.day("valid_from"),
        source=line.text("source"),
        sample=line.truth("sample"),
    )
