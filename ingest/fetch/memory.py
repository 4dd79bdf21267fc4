"""What was fetched and handed on, kept over a restart so that nothing is published twice or asked for too soon."""

from __future__ import annotations

from pathlib import Path

import msgspec

FILE = "fetch.json"
MOST_KEYS = 500
"""Documents remembered of one address; the oldest are forgotten."""


class Seen(msgspec.Struct, forbid_unknown_fields=True):
    """One address: its validators, when it was last asked (epoch s), and which of its documents are out."""

    etag: str | None = None
    modified: str | None = None
    asked_at: float = 0.0
    keys: list[str] = []
    marks: list[str] = []
    """Entries of a list that have been dealt with."""

    def add(self, key: str) -> None:
        """Remember a document."""
        self.keys = [*self.keys, key][-MOST_KEYS:]


class Memory:
    """The addresses by URL. Without a readable file everything is new."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        try:
            self._seen = msgspec.json.decode(self._file.read_bytes(), type=dict[str, Seen])
        except (FileNotFoundError, msgspec.DecodeError):
            self._seen = {}

    def of(self, url: str) -> Seen:
        """What is known of an address."""
        return self._seen.setdefault(url, Seen())

    def keep(self, urls: frozenset[str]) -> None:
        """Forget the addresses that no source names any more."""
        self._seen = {url: seen for url, seen in self._seen.items() if url in urls}

    def write(self) -> None:
        """Replace the file in one step."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(self._seen))
        fresh.replace(self._file)
