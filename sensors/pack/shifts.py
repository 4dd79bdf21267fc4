"""When the shifts of the room begin: dated plans, of which the newest that has begun holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from sensors.pack.files import entries

COLUMNS = ("key", "name", "begins", "valid_from", "source", "sample")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift that begins at a time of day and lasts until the next one of its plan. `sample` = not confirmed."""

    key: str
    name: str
    begins: time
    valid_from: date
    source: str
    sample: bool


def read_shifts(path: Path) -> tuple[Shift, ...]:
    """The shifts of all plans in the file's order; a pack without the file names none. Raises `CityError`."""
    shifts: list[Shift] = []
    for line in entries(path, COLUMNS) if path.exists() else ():
        shift = Shift(
            line.key("key"),
            line.text("name"),
            time.fromisoformat(line.matching("begins", CLOCK, "a time of day like 07:00")),
            line.day("valid_from"),
            line.text("source"),
            line.truth("sample"),
        )
        plan = [each for each in shifts if each.valid_from == shift.valid_from]
        if any(each.key == shift.key for each in plan):
            raise line.wrong("key", "a key that no other shift of its plan has")
        if plan and shift.begins <= plan[-1].begins:
            raise line.wrong("begins", f"a time after {plan[-1].begins:%H:%M}, when the shift before begins")
        shifts.append(shift)
    return tuple(shifts)
