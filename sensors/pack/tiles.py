"""A city's own tile server, for a ground under its map; without one the map stands on a plain ground, offline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sensors.pack.files import shown, table, tables

KEYS = ("url", "credit", "deepest")
DEEPEST = 24  # zooms beyond it no raster server has
TEMPLATE = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?/[^\s;,'\"]*")
NAMED = ("{z}", "{x}", "{y}")


@dataclass(frozen=True, slots=True)
class Tiles:
    """Raster tiles: `url` with {z}, {x} and {y}, whom to credit on the map, and the deepest zoom there is."""

    url: str
    credit: str
    deepest: int

    @property
    def origin(self) -> str:
        """The one host a page may ask besides our own, as a content security policy names it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def read_tiles(path: Path) -> Tiles | None:
    """The pack's tile server; None where the pack has no such file."""
    if not path.exists():
        return None
    entry = table(shown(path), tables(path), KEYS)
    url = entry.matching("url", TEMPLATE, "an address like https://tiles.example/{z}/{x}/{y}.png")
    if not all(url.count(name) == 1 for name in NAMED):
        raise entry.wrong("url", "an address with {z}, {x} and {y}, each once")
    return Tiles(url, entry.text("credit"), entry.whole("deepest", 0, DEEPEST))
