"""What those hear or type who do not see: every picture in words, every panel and scene by its name."""

from __future__ import annotations

from itertools import pairwise

import pytest

from layouts import html
from layouts.html import Element
from layouts.panel import Context
from layouts.panels import PANELS
from layouts.scene import Scene, compose, place_of
from sensors.city import City
from tests.pack import SCENES
from tests.unit.layouts.rows import NOW, chosen
from tests.unit.layouts.test_panels import SETS
from tests.unit.layouts.walking import elements, prop, words

DECORATION = {"map-districts", "map-cases", "incident_map-districts"}
"""Drawings whose words stand in the table beside them (`map-twin-…`), or in the one upon them."""


def drawn(key: str, rows: str, city: City) -> list[Element]:
    return list(elements(PANELS[key].render(SETS[rows](city), Context(city, NOW, chosen(city)))))


@pytest.mark.parametrize("rows", SETS)
@pytest.mark.parametrize("key", PANELS)
def test_every_picture_has_a_sentence_that_says_the_same(key: str, rows: str, city: City) -> None:
    pictures = {
        str(prop(each, "id")): prop(each, "alt") for each in drawn(key, rows, city) if isinstance(each, html.Img)
    }
    assert {ident for ident, alt in pictures.items() if not alt} == DECORATION & set(pictures)
    assert [alt for alt in pictures.values() if {"None", "nan"} & set(str(alt).split())] == []


def test_the_map_says_in_a_table_what_its_drawings_show(city: City) -> None:
    said = {str(prop(each, "id")) for each in drawn("map", "full", city) if isinstance(each, html.Td)}
    assert said >= {f"map-twin-{code.replace('.', '-')}" for code in city.districts}


@pytest.mark.parametrize("rows", SETS)
@pytest.mark.parametrize("key", PANELS)
def test_every_panel_is_named_by_its_title(key: str, rows: str, city: City) -> None:
    root, *below = drawn(key, rows, city)
    (title,) = (each for each in below if isinstance(each, html.H2))
    assert prop(root, "aria-labelledby") == prop(title, "id")
    assert words(title) == PANELS[key].title


@pytest.mark.parametrize("key", PANELS)
def test_headings_go_down_one_step_at_a_time(key: str, city: City) -> None:
    kinds = [each["type"] for each in drawn(key, "full", city)]
    levels = [int(kind[1]) for kind in kinds if kind in {"H1", "H2", "H3", "H4", "H5"}]
    assert levels[0] == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("key", PANELS)
def test_every_table_says_what_its_rows_and_columns_are(key: str, city: City) -> None:
    heads = [each for each in drawn(key, "full", city) if isinstance(each, html.Th)]
    assert [words(each) for each in heads if prop(each, "scope") not in {"row", "col"}] == []


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_a_scene_is_a_place_the_keyboard_can_be_sent_to(scene: Scene) -> None:
    main = compose(scene)
    assert isinstance(main, html.Main)
    assert (prop(main, "id"), prop(main, "tabIndex")) == (place_of(scene.key), "-1")
