"""Colours one can read, a font that has every sign we write, and a sheet that knows every panel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layouts import theme
from layouts.curves import Mark, curve, pairs
from layouts.fonts import SYMBOLS, covered, subset
from tests.pack import SIGHTS

ASSETS = Path("dashboard/assets")
SHEET = (ASSETS / "room.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("ground", [theme.GROUND, theme.SURFACE])
@pytest.mark.parametrize("colour", theme.READABLE)
def test_text_meets_wcag_aa(colour: str, ground: str) -> None:
    assert theme.contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("ground", ["ground", "surface"])
@pytest.mark.parametrize("colour", theme.LIGHT_READABLE)
def test_text_in_daylight_meets_wcag_aa(colour: str, ground: str) -> None:
    assert theme.contrast(theme.LIGHT[colour], theme.LIGHT[ground]) >= 4.5


def test_the_light_sheet_uses_the_themes_colours() -> None:
    sheet = (ASSETS / "theme.css").read_text(encoding="utf-8")
    first = sheet[: sheet.index("}", sheet.index("--ground"))]
    written = {name: colour.upper() for name, colour in re.findall(r"--(\w+): (#[0-9a-f]{6});", first)}
    assert {name: written[name] for name in theme.LIGHT} == theme.LIGHT


@pytest.mark.parametrize("shade", theme.MAP_SHADES)
def test_names_on_the_map_meet_wcag_aa(shade: str) -> None:
    assert theme.contrast(theme.TEXT, shade) >= 4.5


@pytest.mark.parametrize("ground", [theme.GROUND, theme.SURFACE])
@pytest.mark.parametrize("colour", theme.READABLE)
def test_a_dimmed_wall_can_still_be_read(colour: str, ground: str) -> None:
    sheet = (ASSETS / "wall.css").read_text(encoding="utf-8")
    (shade,) = re.findall(r"dimmed::before \{[^}]*background: #000; opacity: (\.\d+);", sheet)
    under = [
        "#" + "".join(f"{round(int(each[i : i + 2], 16) * (1 - float(shade))):02X}" for i in (1, 3, 5))
        for each in (colour, ground)
    ]
    assert theme.contrast(*under) >= 4.5


def test_shades_go_from_dark_to_light() -> None:
    from_black = [theme.contrast(shade, "#000000") for shade in theme.MAP_SHADES]
    assert from_black == sorted(from_black)


def test_levels_differ_without_colour() -> None:
    assert len({level.sign for level in theme.LEVELS}) == len(theme.LEVELS)
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_the_sheet_uses_the_themes_colours() -> None:
    written = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", SHEET))
    for name in ("ground", "text", "muted", "faint", "line", "yellow", "orange", "vermillion"):
        assert written[name].upper() == getattr(theme, name.upper()), name
    legal = re.findall(r"\.ispu-(\w+) \{ --ispu: (#[0-9a-f]{3,6});", SHEET)
    assert {name: colour.upper() for name, colour in legal} == {**theme.ISPU_COLOURS, "hitam": "#000"}


def test_the_sheets_know_every_look() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in (ASSETS / "panels").glob("*.css"))
    looks = {panel.look for sight in SIGHTS.by_name.values() for panel in sight.panels if panel.look}
    assert looks
    assert [look for look in looks if f".look-{look} " not in sheets] == []


def test_sheets_say_their_words_in_both_languages() -> None:
    said = dict(re.findall(r"(:root(?::lang\(en\))?) \{ (--say[^}]*) \}", SHEET))
    names = {language: set(re.findall(r"(--say-\w+):", words)) for language, words in said.items()}
    assert names[":root"]
    assert names[":root"] == names[":root:lang(en)"]
    sheets = {path.name: path.read_text(encoding="utf-8") for path in ASSETS.rglob("*.css")}
    worded = {name: re.findall(r'content: "[^"]*[A-Za-z]{2,}[^"]*"', sheet) for name, sheet in sheets.items()}
    assert {name: found for name, found in worded.items() if found} == {}


def test_the_font_has_every_sign_and_is_cut_once(tmp_path: Path) -> None:
    font = subset(tmp_path / "fonts" / "inter.woff2")
    assert [sign for sign in SYMBOLS if ord(sign) not in covered(font)] == []
    assert font.stat().st_size < 120_000
    before = font.stat().st_mtime_ns
    assert subset(font).stat().st_mtime_ns == before
    assert [path.name for path in font.parent.iterdir()] == ["inter.woff2"]


def test_a_curve_keeps_gaps_and_shows_its_last_value() -> None:
    drawn = curve([1.0, None, 3.0, 4.0], theme.SKY, [Mark(4.5, theme.ORANGE)])
    assert drawn.startswith("data:image/svg+xml,<svg")
    assert "#" not in drawn, "a bare # would end the address"
    assert drawn.count("M") >= 4
    assert curve([], theme.SKY) == curve([None], theme.SKY)


def test_bars_stand_on_one_scale() -> None:
    assert pairs([(10, 5), (0, 0)], theme.ORANGE, theme.CALM).count("<rect") == 4
