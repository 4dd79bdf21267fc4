"""The one reader of pack files: an entry is a CSV line or a TOML table, and knows where it stands."""

from __future__ import annotations

import csv
import math
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sensors.errors import SensorsError

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
TRUTHS = {"true": True, "false": False}


class CityError(SensorsError):
    """A city pack is missing, malformed or contradicts itself; one line naming file, line or key, found and expected."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Cells of one line or table, as text. Every accessor raises `CityError` naming this very cell."""

    where: str
    word: str
    cells: Mapping[str, str]

    def wrong(self, name: str, expected: str) -> CityError:
        """The error for the cell `name`."""
        return CityError(f"{self.where}: {self.word} {name!r}: found {self.cells.get(name, '')!r}, expected {expected}")

    def text(self, name: str) -> str:
        """A text that is not empty."""
        if not self.cells[name]:
            raise self.wrong(name, "a text")
        return self.cells[name]

    def optional(self, name: str) -> str | None:
        """A text, or None where the cell is empty."""
        return self.cells[name] or None

    def matching(self, name: str, pattern: re.Pattern[str], expected: str) -> str:
        """A text of the given form."""
        if not pattern.fullmatch(self.cells[name]):
            raise self.wrong(name, expected)
        return self.cells[name]

    def key(self, name: str) -> str:
        """An id as it stands in topics."""
        return self.matching(name, ID, "an id like pasar-anyar: a-z, 0-9 and -, at most 64")

    def known(self, name: str, among: Iterable[str]) -> str:
        """One of the words in `among`."""
        return self._one_of(name, self.cells[name], among)

    def known_all(self, name: str, among: Collection[str]) -> tuple[str, ...]:
        """Words separated by blanks, at least one, each of them in `among` and none twice."""
        words = tuple(self.text(name).split())
        for word in words:
            self._one_of(name, word, among)
        if len(set(words)) != len(words):
            raise self.wrong(name, "each of them once")
        return words

    def number(self, name: str, low: float, high: float) -> float:
        """A finite number, `low` and `high` included."""
        try:
            value = float(self.cells[name])
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise self.wrong(name, f"a number from {low:g} to {high:g}")
        return value

    def optional_number(self, name: str, low: float, high: float) -> float | None:
        """A number, or None where the cell is empty."""
        return self.number(name, low, high) if self.cells[name] else None

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number, `low` and `high` included."""
        value = self.number(name, low, high)
        if value != int(value):
            raise self.wrong(name, "a whole number")
        return int(value)

    def day(self, name: str) -> date:
        """A calendar day."""
        try:
            return date.fromisoformat(self.cells[name])
        except ValueError:
            raise self.wrong(name, "a day like 2025-08-22") from None

    def optional_day(self, name: str) -> date | None:
        """A calendar day, or None where the cell is empty."""
        return self.day(name) if self.cells[name] else None

    def truth(self, name: str) -> bool:
        """Yes or no."""
        if self.cells[name] not in TRUTHS:
            raise self.wrong(name, "true or false")
        return TRUTHS[self.cells[name]]

    def _one_of(self, name: str, found: str, among: Iterable[str]) -> str:
        words = list(among)
        if found not in words:
            expected = f"one of {', '.join(words)}" if len(words) <= 20 else f"one of {len(words)} known: {words[0]}, …"
            raise CityError(f"{self.where}: {self.word} {name!r}: found {found!r}, expected {expected}")
        return found


def entries(path: Path, columns: Sequence[str]) -> list[Entry]:
    """The lines of a CSV file (UTF-8, with exactly the named columns; `#` starts a comment line), at least one."""
    lines: list[Entry] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                if not cells or cells[0].startswith("#"):
                    continue
                here = f"{shown(path)}:{reader.line_num}"
                if not lines:
                    _check_header(here, cells, columns)
                if len(cells) != len(columns):
                    raise CityError(f"{here}: found {len(cells)} cells, expected {len(columns)}: {','.join(columns)}")
                lines.append(Entry(here, "column", dict(zip(columns, map(str.strip, cells), strict=True))))
    except OSError as error:
        raise CityError(f"{shown(path)}: found no readable file ({error.strerror}), expected CSV") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise CityError(f"{shown(path)}: found bytes that are not CSV in UTF-8 ({error}), expected CSV") from None
    if len(lines) < 2:
        raise CityError(f"{shown(path)}: found no entry, expected a header and at least one line")
    return lines[1:]


def tables(path: Path) -> dict[str, Any]:
    """A TOML file as it is. Raises `CityError` with the parser's line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CityError(f"{shown(path)}: found no readable file ({error.strerror}), expected TOML") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CityError(f"{shown(path)}: found no valid TOML ({error}), expected TOML") from None


def table(where: str, found: object, keys: Sequence[str]) -> Entry:
    """One TOML table with exactly the named keys, each a text, number, day or truth."""
    if not isinstance(found, dict):
        raise CityError(f"{where}: found {found!r}, expected a table with {', '.join(keys)}")
    _check_names(where, "key", list(found), keys)
    return Entry(where, "key", {key: _as_text(where, key, found[key]) for key in keys})


def once(entry: Entry, name: str, taken: Collection[str]) -> None:
    """Refuse a key that an earlier entry has."""
    if entry.cells[name] in taken:
        raise entry.wrong(name, "a key that no earlier entry has")


def shown(path: Path) -> str:
    """The path as a person who starts the room would write it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _check_header(where: str, found: Sequence[str], columns: Sequence[str]) -> None:
    _check_names(where, "column", found, columns)
    if list(found) != list(columns):
        raise CityError(f"{where}: found the columns {','.join(found)}, expected the order {','.join(columns)}")


def _check_names(where: str, word: str, found: Sequence[str], expected: Sequence[str]) -> None:
    for name in found:
        if name not in expected:
            raise CityError(f"{where}: found unknown {word} {name!r}, expected {', '.join(expected)}")
    for name in expected:
        if name not in found:
            raise CityError(f"{where}: found no {word} {name!r}, expected {', '.join(expected)}")


def _as_text(where: str, key: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (str, int, float)):
        return str(value).strip()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise CityError(f"{where}: key {key!r}: found {value!r}, expected a text, a number, a day or true/false")
