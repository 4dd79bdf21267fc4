"""An entry of a pack file, a CSV line or a TOML table, that knows where it stands and what its cells may be."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sensors.errors import SensorsError
from sensors.words import one_of

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
TRUTHS = {"true": True, "false": False}


class CityError(SensorsError):
    """A city pack is missing, malformed or contradicts itself; one line naming the file and its line or key."""


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

    def texts(self, name: str) -> tuple[str, ...]:
        """Texts separated by commas, at least one and none twice."""
        words = tuple(word.strip() for word in self.text(name).split(","))
        if not all(words) or len(set(words)) != len(words):
            raise self.wrong(name, "texts separated by commas, each of them once")
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
            expected = one_of(found, words)
            raise CityError(f"{self.where}: {self.word} {name!r}: found {found!r}, expected {expected}")
        return found


def once(entry: Entry, name: str, taken: Collection[str]) -> None:
    """Refuse a key that an earlier entry has."""
    if entry.cells[name] in taken:
        raise entry.wrong(name, "a key that no earlier entry has")
