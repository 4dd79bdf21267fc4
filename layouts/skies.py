"""Small drawings of the weather that BMKG names in words, each with how grave it is. Quiet tones: no status colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from layouts import theme
from layouts.curves import address

_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
_CLOUD = f'<path d="M9 24h14a5 5 0 0 0 .6-10A7.5 7.5 0 0 0 9.4 13 5.5 5.5 0 0 0 9 24z" fill="{theme.CALM}"/>'
_HIGH_CLOUD = f'<g transform="translate(0 -5)">{_CLOUD}</g>'


@dataclass(frozen=True, slots=True)
class Sky:
    """One kind of weather: its drawings by day and by night as images' addresses, and its gravity from 0 up."""

    key: str
    by_day: str
    by_night: str
    gravity: int

    def src(self, *, night: bool) -> str:
        """The drawing for an hour."""
        return self.by_night if night else self.by_day


def _lines(path: str, colour: str, width: float = 2) -> str:
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round"/>'


def _sun(x: float, y: float, radius: float) -> str:
    rays = "M16 2v3M16 27v3M2 16h3M27 16h3M6 6l2 2M24 24l2 2M26 6l-2 2M8 24l-2 2"
    size = radius / 7
    moved = f'transform="translate({x - 16 * size:.1f} {y - 16 * size:.1f}) scale({size:.2f})"'
    return f'<g {moved}><circle cx="16" cy="16" r="7" fill="{theme.TEXT}"/>{_lines(rays, theme.TEXT)}</g>'


def _moon(x: float, y: float, size: float) -> str:
    path = "M20 4a12 12 0 1 0 8 17A10 10 0 0 1 20 4z"
    moved = f'transform="translate({x:g} {y:g}) scale({size:.2f})"'
    return f'<g {moved}><path d="{path}" fill="{theme.TEXT}"/></g>'


def _drops(path: str) -> str:
    return _HIGH_CLOUD + _lines(path, theme.SKY, 2.4)


_BOLT = f'<path d="M17 17l-5 8h4l-2 6 7-9h-4l3-5z" fill="{theme.TEXT}"/>'
_HAZE = _lines("M5 9h22M8 15h18M4 21h20M9 27h18", theme.CALM, 2.4)

# From the gravest down: the first whose words are found in BMKG's names the weather.
_DRAWN = (
    ("thunder", ("petir",), _drops("M9 22l-2 6M25 22l-2 6") + _BOLT),
    ("heavy", ("lebat",), _drops("M8 22l-3 8M13.5 22l-3 8M19 22l-3 8M24.5 22l-3 8")),
    ("moderate", ("hujan sedang",), _drops("M10 22l-2 6M17 22l-2 6M24 22l-2 6")),
    ("light", ("hujan", "gerimis"), _drops("M13 22l-1.5 4M20 22l-1.5 4")),
    ("haze", ("kabut", "kabur", "asap"), _HAZE),
    ("cloudy", ("berawan tebal",), _CLOUD),
    ("partly", ("cerah berawan",), _sun(21, 11, 5.5) + f'<g transform="translate(-2 2)">{_CLOUD}</g>'),
    ("cloudy", ("berawan",), _CLOUD),
    ("clear", ("cerah",), _sun(16, 16, 7)),
)
_AT_NIGHT = {
    "partly": _moon(13, 1, 0.55) + f'<g transform="translate(-2 2)">{_CLOUD}</g>',
    "clear": _moon(3, 3, 0.8),
}


def _picture(drawing: str) -> str:
    return address(f"{_OPEN}{drawing}</svg>")


_BY_NAME: Mapping[str, Sky] = MappingProxyType(
    {
        words: Sky(key, _picture(drawing), _picture(_AT_NIGHT.get(key, drawing)), len(_DRAWN) - place)
        for place, (key, named, drawing) in enumerate(_DRAWN)
        for words in named
    }
)
UNKNOWN = Sky("unknown", _picture(""), _picture(""), 0)
"""Drawn as nothing: what is not known, or said in words nobody has met yet."""


def sky_of(words: str | None) -> Sky:
    """The drawing for BMKG's words, such as `Hujan Ringan`; `UNKNOWN` for others and for none."""
    said = (words or "").casefold()
    return next((sky for name, sky in _BY_NAME.items() if name in said), UNKNOWN)
