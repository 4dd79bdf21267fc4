"""The room's one type family: Inter from its pinned package, cut down to what the screens write."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from fontTools import subset as cutter
from fontTools.ttLib import TTFont, TTLibError

from layouts.errors import LayoutError

SYMBOLS = "–—‘’“”…•·×²³µ°±≥≤≈−Δ↑↗→↘↓▲▼△▽◆◇●○■□✓⚠"
"""Beside Latin: the signs our words, units, arrows and status shapes use."""
_LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180))
_FEATURES = ("kern", "liga", "calt", "tnum", "case", "zero", "ss03", "mark", "mkmk", "ccmp", "locl")


def source() -> Path:
    """The variable font inside `fontpkg-inter`. Raises `LayoutError` when the package has none."""
    for item in files("fontpkg_inter").joinpath("files").iterdir():
        if item.name.endswith(".ttf") and "Italic" not in item.name:
            return Path(str(item))
    raise LayoutError("fontpkg_inter: found no upright .ttf, expected the variable font Inter")


def subset(target: Path) -> Path:
    """Write the woff2 the page loads to `target` unless it is there already; return `target`.

    Takes a second or two the first time. Raises `LayoutError` when the font cannot be read.
    """
    if target.exists():
        return target
    options = cutter.Options(flavor="woff2", layout_features=list(_FEATURES), notdef_outline=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}")
    try:
        with cutter.load_font(str(source()), options) as font:
            _cut(font, options)
            cutter.save_font(font, str(partial), options)
    except (OSError, TTLibError) as error:
        raise LayoutError(f"{source()}: {error}, expected the variable font Inter") from error
    partial.replace(target)  # in one step, so that two rooms starting together never serve half a font
    return target


def covered(path: Path) -> frozenset[int]:
    """The code points a font file can draw."""
    with TTFont(str(path)) as font:
        return frozenset(font.getBestCmap())


def _cut(font: TTFont, options: cutter.Options) -> None:
    tool = cutter.Subsetter(options)
    tool.populate(unicodes=[*_LATIN, *map(ord, SYMBOLS)])
    tool.subset(font)
