"""The pack's scenes as they are drawn: a panel nobody makes stops the start, the grid is the pack's."""

from __future__ import annotations

import dataclasses

import pytest

from layouts.errors import LayoutError
from layouts.scene import Scene, compose, scenes_of
from sensors.city import City
from tests.unit.layouts.walking import elements, prop


def test_a_panel_that_nobody_makes_is_named_with_its_place(city: City) -> None:
    entry = dataclasses.replace(city.scenes["skor"], areas=(("goals",), ("pilar",)))
    with pytest.raises(
        LayoutError, match=r"scenes.toml: \[\[scenes\]\] \d+: key 'areas': found panel 'pilar', expected"
    ):
        scenes_of(dataclasses.replace(city, scenes={"skor": entry}))


def test_the_grid_is_the_packs_and_a_share_never_grows(city: City) -> None:
    scene: Scene = scenes_of(city)["sungai"]
    style = prop(compose(scene), "style")
    assert style == {
        "--columns": "minmax(0, 1fr) 37rem",
        "--rows": "2.2rem 15rem minmax(0, 1fr) minmax(0, 1.1fr)",
        "--areas": '"warnings warnings" "gauges alarms" "gauges rain" "gauges flood_links"',
    }


def test_a_panel_only_read_aloud_has_no_place_in_the_grid(city: City) -> None:
    areas = {str(prop(each, "id")): each for each in elements(compose(scenes_of(city)["overview"]))}
    assert "area-unseen" in str(prop(areas["slot-sensors"], "className"))
    assert prop(areas["slot-map"], "style") == {"gridArea": "map"}
