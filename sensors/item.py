"""One JSON object in a document of a publisher, read strictly; all raise `CodecError` naming place, found and expected.

`null` reads like an absent field and is counted. Numbers may be text, times follow ISO 8601.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from sensors.parse import parse_number, told
from sensors.reading import CodecError

_ISO = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_SILENT = frozenset({"", "-"})
"""What publishers write where they have nothing to say."""


class Item:
    """The fields of one object; `where` is its place in the document, as in `gempa[2]`."""

    def __init__(self, found: object, where: str) -> None:
        if not isinstance(found, dict):
            raise CodecError("bad-message", f"{where}: found {told(found)}, expected an object")
        self.where = where
        self._found: Mapping[str, object] = {name: value for name, value in found.items() if value is not None}
        self.skipped = len(found) - len(self._found)

    def wrong(self, reason: str, name: str, expected: str) -> CodecError:
        """The error for one field."""
        return CodecError(reason, f"{self.where}.{name}: found {told(self._found.get(name))}, expected {expected}")

    def number(self, name: str, low: float, high: float) -> float | None:
        """A number from `low` to `high`; None where the field is absent."""
        if name not in self._found:
            return None
        value = parse_number(f"{self.where}.{name}", self._found[name])
        if not low <= value <= high:
            raise self.wrong("out-of-range", name, f"{low:g} to {high:g}")
        return value

    def text(self, name: str, longest: int) -> str | None:
        """A text on one line; None where the field is absent, empty or a dash."""
        found = self._found.get(name)
        if found is None:
            return None
        if not isinstance(found, str) or len(found) > longest or _UNPRINTABLE.search(found):
            raise self.wrong("bad-value", name, f"text of at most {longest} characters")
        return None if found.strip() in _SILENT else " ".join(found.split())

    def time(self, name: str) -> datetime | None:
        """An instant as written, with or without an offset; None where the field is absent."""
        found = self._found.get(name)
        if found is None:
            return None
        try:
            if isinstance(found, str) and _ISO.fullmatch(found.strip()):
                return datetime.fromisoformat(found.strip())
        except ValueError:
            pass
        raise self.wrong("bad-time", name, "ISO 8601 like 2026-11-22 06:00:00")

    def utc(self, name: str) -> datetime | None:
        """An instant of a field whose times are UTC, also where no offset is written."""
        at = self.time(name)
        try:
            return None if at is None else at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
        except OverflowError:
            raise self.wrong("bad-time", name, "ISO 8601 like 2026-11-22 06:00:00") from None
