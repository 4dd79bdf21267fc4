"""A city's own tile server: read where a pack has one, refused by file and key where it is no such thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sensors.city import CityError
from sensors.pack.tiles import Tiles, read_tiles

GOOD = {"url": "https://ubin.example:8443/peta/{z}/{x}/{y}.png", "credit": "© Kota", "deepest": "16"}


def written(folder: Path, **changed: str) -> Path:
    path = folder / "tiles.toml"
    lines = {**{name: f'"{value}"' for name, value in GOOD.items()}, "deepest": GOOD["deepest"]} | changed
    path.write_text("".join(f"{name} = {value}\n" for name, value in lines.items()), encoding="utf-8")
    return path


def test_a_pack_without_the_file_has_none(tmp_path: Path) -> None:
    assert read_tiles(tmp_path / "tiles.toml") is None


def test_a_page_may_ask_that_one_host(tmp_path: Path) -> None:
    tiles = read_tiles(written(tmp_path))
    assert tiles == Tiles(GOOD["url"], "© Kota", 16)
    assert tiles.origin == "https://ubin.example:8443"


@pytest.mark.parametrize("url", [
    '"https://ubin.example/{z}/{x}.png"', '"ftp://ubin.example/{z}/{x}/{y}"', '"/ubin/{z}/{x}/{y}.png"',
    "\"https://ubin.example/{z}/{x}/{y}.png; script-src 'unsafe-inline'\"", '"https://a b/{z}/{x}/{y}"',
])  # fmt: skip
def test_what_is_no_address_of_tiles_stops_the_start(url: str, tmp_path: Path) -> None:
    with pytest.raises(CityError, match=r"tiles\.toml: key 'url': found .* expected"):
        read_tiles(written(tmp_path, url=url))


def test_a_key_too_many_or_a_zoom_too_deep_is_named(tmp_path: Path) -> None:
    with pytest.raises(CityError, match="unknown key 'token'"):
        read_tiles(written(tmp_path, token='"x"'))
    with pytest.raises(CityError, match=r"key 'deepest': found '99'"):
        read_tiles(written(tmp_path, deepest="99"))
