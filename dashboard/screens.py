"""What an address says of the screen that opens it: `?distance=8&diagonal=55&tiles=2x2`. The screen keeps it."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.sights import OptionError
from layouts.screen import FARTHEST, LARGEST, TILES, Screen

SETTINGS = ("distance", "diagonal", "tiles")


def screen_of(query: Mapping[str, str]) -> Screen | None:
    """Return the screen that an address describes, None where it says nothing of it. Raises `OptionError`."""
    if not any(query.get(name) for name in SETTINGS):
        return None
    tiles = TILES.fullmatch(query.get("tiles") or "1x1")
    if tiles is None:
        raise OptionError("tiles", query["tiles"], "screens across and down, like 2x2, at most 9x9")
    return Screen(
        distance=_number(query, "distance", FARTHEST, "metres to the farthest reader"),
        diagonal=_number(query, "diagonal", LARGEST, "inches of one screen"),
        across=int(tiles[1]),
        down=int(tiles[2]),
    )


def _number(query: Mapping[str, str], name: str, most: float, what: str) -> float:
    found = query.get(name, "")
    try:
        value = float(found)
    except ValueError:
        value = -1.0
    if not 1 <= value <= most:
        raise OptionError(name, found, f"{what}, from 1 to {most:g}")
    return value
