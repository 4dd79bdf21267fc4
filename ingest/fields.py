"""The fields of a JSON object in a payload, each read with one line that says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime

from sensors.parse import parse_json, parse_number, parse_time, told
from sensors.reading import CodecError

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What ids of devices, markets and channels look like."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Fields:
    """A JSON object. `null` reads like an absent field and is counted in `skipped`. All raise `CodecError`."""

    def __init__(self, found: object, where: str = "payload") -> None:
        if not isinstance(found, dict):
            raise CodecError("bad-message", f"{where}: found {told(found)}, expected an object")
        self._where = "" if where == "payload" else f"{where}."
        self._found: Mapping[str, object] = {name: value for name, value in found.items() if value is not None}
        self._nulls = found.keys() - self._found.keys()

    @property
    def skipped(self) -> int:
        """How many fields are null."""
        return len(self._nulls)

    def has(self, name: str) -> bool:
        """Whether the field is there and says something."""
        return name in self._found

    def is_null(self, name: str) -> bool:
        """Whether the field is there and says nothing."""
        return name in self._nulls

    @classmethod
    def of(cls, payload: bytes) -> Fields:
        """The fields of a payload."""
        return cls(parse_json(payload))

    def wrong(self, reason: str, name: str, expected: str) -> CodecError:
        """The error for one field."""
        return CodecError(reason, f"{self._where}{name}: found {told(self._found.get(name))}, expected {expected}")

    def text(self, name: str, longest: int) -> str:
        """A text that is not blank."""
        found = self.text_or_none(name, longest)
        if found is None:
            raise self.wrong("bad-value", name, "text")
        return found

    def text_or_none(self, name: str, longest: int) -> str | None:
        """A text of at most `longest` characters without control characters, or None where it is absent or blank."""
        found = self._found.get(name)
        if found is None:
            return None
        if not isinstance(found, str) or len(found) > longest or _UNPRINTABLE.search(found):
            raise self.wrong("bad-value", name, f"text of at most {longest} characters")
        return found.strip() or None

    def key_or_none(self, name: str) -> str | None:
        """A word in the form of a key."""
        found = self.text_or_none(name, 64)
        if found is not None and not KEY.fullmatch(found):
            raise self.wrong("bad-value", name, "lower-case letters, digits and hyphens")
        return found

    def known(self, name: str, among: Collection[str]) -> str:
        """A key of the city pack."""
        found = self.known_or_none(name, among)
        if found is None:
            raise self.wrong(f"unknown-{name}", name, f"one of {', '.join(among)}")
        return found

    def known_or_none(self, name: str, among: Collection[str]) -> str | None:
        """A key of the city pack, or None where it is absent."""
        found = self._found.get(name)
        if found is None or (isinstance(found, str) and found in among):
            return found
        raise self.wrong(f"unknown-{name}", name, "one that the city pack names")

    def number(self, name: str, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        found = parse_number(self._where + name, self._found.get(name))
        if not low <= found <= high:
            raise self.wrong("out-of-range", name, f"{low:g} to {high:g}")
        return found

    def number_or_none(self, name: str, low: float, high: float) -> float | None:
        """A number from `low` to `high`, or None where it is absent."""
        return self.number(name, low, high) if self.has(name) else None

    def time(self, name: str, received_at: datetime) -> datetime:
        """An aware instant, not ahead of `received_at` by more than a clock may be."""
        if not self.has(name):
            raise self.wrong("bad-time", name, "RFC 3339 with an offset, or epoch seconds")
        return parse_time(self._where + name, self._found[name], received_at)

    def list(self, name: str) -> list[object]:
        """A list; absent reads as empty."""
        found = self._found.get(name, [])
        if not isinstance(found, list):
            raise self.wrong("bad-value", name, "an array")
        return found
