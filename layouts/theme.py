"""Colours of the room and what a status looks like: always shape + word + colour (Okabe-Ito on a dark ground)."""

from __future__ import annotations

from dataclasses import dataclass

GROUND = "#0B1220"
SURFACE = "#111827"
LINE = "#223047"
"""Dividers: the only thing here that need not be read."""
TEXT = "#EAF0F7"
MUTED = "#9FB0C6"
FAINT = "#8496AE"
CALM = "#7C93B0"
"""Curves and bars that say nothing is wrong."""

SKY = "#56B4E9"
GREEN = "#2FB88E"
YELLOW = "#F0E442"
ORANGE = "#E69F00"
VERMILLION = "#F2713A"
PURPLE = "#CC79A7"

READABLE = (TEXT, MUTED, FAINT, SKY, GREEN, YELLOW, ORANGE, VERMILLION, PURPLE)
"""What text may be written in on `GROUND` and `SURFACE` (WCAG AA, checked by a test)."""

LIGHT = {
    "ground": "#F7F9FC", "surface": "#FFFFFF", "line": "#D3DBE6", "text": "#0F1B2D", "muted": "#43536A",
    "faint": "#55657C", "sky": "#0A62A0", "green": "#0B6E52", "yellow": "#725A00", "orange": "#8F5200",
    "vermillion": "#B03406", "purple": "#93407A",
}  # fmt: skip
"""The same words for desks in daylight: every one of them readable on `ground` and `surface`."""
LIGHT_READABLE = ("text", "muted", "faint", "sky", "green", "yellow", "orange", "vermillion", "purple")

MAP_SHADES = ("#131E32", "#1A2C4A", "#213C64", "#294D80", "#325E9A", "#3A6CAB")
"""From little to much; lightness alone carries the order, so it also reads without colour vision."""
MAP_UNKNOWN = "#141C2B"


@dataclass(frozen=True, slots=True)
class Level:
    """How bad something is, from 0 (as usual) to 3; `sign` is a shape that differs without colour."""

    rank: int
    sign: str
    colour: str


LEVELS = (Level(0, "○", CALM), Level(1, "◆", YELLOW), Level(2, "▲", ORANGE), Level(3, "■", VERMILLION))

ISPU_COLOURS = {"hijau": "#00A651", "biru": "#1E6FE0", "kuning": "#FFDE00", "merah": "#E2231A", "hitam": "#000000"}
"""The legal colours of P.14/2020 by their names; shown only inside an outlined badge with the word."""


def level(rank: int) -> Level:
    """The level of a rank, kept inside 0..3."""
    return LEVELS[max(0, min(rank, len(LEVELS) - 1))]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two `#RRGGBB` colours, 1..21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


_LINEAR = 0.04045
"""Below this sRGB is linear (WCAG 2.2)."""


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= _LINEAR else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
