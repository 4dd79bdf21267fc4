"""Keys of programs: a file of the operator's (LIVEROOM_API_KEYS) that holds digests, never a key.

[[keys]]
name = "satu-data"
digest = "sha256:9f86d081…"     # of the key, which has 256 random bits: no slower digest would add anything
scopes = "read"                 # read, report: what it is good for
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from sensors.pack.entry import CityError, once
from sensors.pack.files import shown, table, tables

READ, REPORT = "read", "report"
SCOPES = (READ, REPORT)
_LIST = "keys"
_KEYS = ("name", "digest", "scopes")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was given out; `name` says to whom."""

    name: str
    digest: str = field(repr=False)
    scopes: frozenset[str]


class Keys:
    """The keys that are good."""

    def __init__(self, keys: tuple[Key, ...] = ()) -> None:
        self._keys = keys

    def __bool__(self) -> bool:
        """Whether any were given out."""
        return bool(self._keys)

    def find(self, told: str) -> Key | None:
        """Return the key of this text. It takes as long whichever it is, and whether it is one."""
        digest, found = digest_of(told), None
        for key in self._keys:
            if hmac.compare_digest(key.digest, digest):
                found = key
        return found


def digest_of(key: str) -> str:
    """Return what the file holds of a key."""
    return f"sha256:{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()}"


def new_key() -> str:
    """Return a key that nobody can guess."""
    return secrets.token_urlsafe(_BYTES)


def entry_of(name: str, key: str, scopes: str) -> str:
    """Return the lines that make the room know a key."""
    return f'\n[[keys]]\nname = "{name}"\ndigest = "{digest_of(key)}"\nscopes = "{scopes}"\n'


def read_keys(path: Path | None) -> Keys:
    """The keys of a file; none without one. Raises `CityError` naming file, entry and expectation."""
    if path is None:
        return Keys()
    here, found = shown(path), tables(path)
    listed = found.get(_LIST, [])
    if set(found) - {_LIST} or not isinstance(listed, list):
        raise CityError(f"{here}: found {', '.join(found)}, expected [[{_LIST}]]")
    keys: dict[str, Key] = {}
    for number, each in enumerate(listed, start=1):
        entry = table(f"{here}: [[{_LIST}]] {number}", each, _KEYS)
        once(entry, "name", keys)
        digest = entry.matching("digest", _DIGEST, "sha256: and 64 hexadecimal digits")
        keys[entry.key("name")] = Key(entry.key("name"), digest, frozenset(entry.known_all("scopes", SCOPES)))
    return Keys(tuple(keys.values()))
