"""The channels that speak to the city, and the addresses from which some of them are fetched."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sensors.pack.entry import CityError, once
from sensors.pack.files import entries, shown

KINDS = ("warning", "news", "epaper", "police", "weather", "quake", "notice")
"""What a channel brings; one that the pack does not name brings notices."""
FORMATS = ("cap", "rss-cap", "bmkg-forecast", "bmkg-quake", "json")
PLACEHOLDER = "{subdistrict}"
SHORTEST, LONGEST = 60, 86_400  # s: more often would be impolite, more seldom is no feed
_URL = re.compile(r"https?://[^\s/{}]+/[^\s{}]*")
_PAGE = re.compile(r"https?://[^\s/]+\S*")
_CHANNELS = ("key", "name", "kind", "credit", "url", "source", "sample")
_SOURCES = ("key", "channel", "url", "every", "format", "source", "sample")


@dataclass(frozen=True, slots=True)
class Channel:
    """Who speaks on `<root>/bulletins/<key>`; `credit` is whom its terms or its readers want named."""

    key: str
    name: str
    kind: str
    credit: str
    url: str | None
    source: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Source:
    """An address asked every so many seconds for what is new on a channel.

    `url` may hold `{subdistrict}`, which stands for the code of every kelurahan.
    """

    key: str
    channel: str
    url: str
    every: int
    format: str
    source: str
    sample: bool

    def urls(self, subdistricts: Collection[str]) -> tuple[str, ...]:
        """The addresses this source means."""
        if PLACEHOLDER not in self.url:
            return (self.url,)
        return tuple(self.url.replace(PLACEHOLDER, code) for code in subdistricts)


def read_channels(path: Path) -> dict[str, Channel]:
    """Channels by key. Raises `CityError`."""
    found: dict[str, Channel] = {}
    for line in entries(path, _CHANNELS):
        once(line, "key", found)
        key = line.key("key")
        if line.optional("url"):
            line.matching("url", _PAGE, "an http or https address, or nothing")
        found[key] = Channel(
            key,
            line.text("name"),
            line.known("kind", KINDS),
            line.text("credit"),
            line.optional("url"),
            line.text("source"),
            line.truth("sample"),
        )
    return found


def read_sources(path: Path, channels: Collection[str]) -> tuple[Source, ...]:
    """Sources in the file's order; there may be none. Raises `CityError`."""
    found: dict[str, Source] = {}
    for line in entries(path, _SOURCES, at_least=0):
        once(line, "key", found)
        url = line.cells["url"]
        if not _URL.fullmatch(url.replace(PLACEHOLDER, "")):
            raise line.wrong("url", f"an http or https address, in its path or query perhaps {PLACEHOLDER}")
        found[line.key("key")] = Source(
            line.key("key"),
            line.known("channel", channels),
            url,
            line.whole("every", SHORTEST, LONGEST),
            line.known("format", FORMATS),
            line.text("source"),
            line.truth("sample"),
        )
    taken = [source.url for source in found.values()]
    if twice := next((url for url in taken if taken.count(url) > 1), None):
        raise CityError(f"{shown(path)}: found {twice!r} twice, expected each address once")
    return tuple(found.values())
