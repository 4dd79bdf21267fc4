"""What an address says of its screen, and the address that `/layar` makes."""

from __future__ import annotations

import pytest
from starlette.datastructures import QueryParams

from dashboard.screens import screen_of
from dashboard.setup import wall_address
from dashboard.sights import OptionError
from layouts.screen import Screen
from tests.pack import SIGHTS


def test_an_address_that_says_nothing_has_no_screen() -> None:
    assert screen_of({"measure": "pm25", "distance": ""}) is None


def test_tiles_are_one_where_none_are_named() -> None:
    assert screen_of({"distance": "8", "diagonal": "55"}) == Screen(8, 55)
    assert screen_of({"distance": "8", "diagonal": "55", "tiles": "3x2"}) == Screen(8, 55, 3, 2)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"distance": "8"}, "diagonal"),
        ({"diagonal": "55"}, "distance"),
        ({"distance": "8", "diagonal": "nan"}, "diagonal"),
        ({"distance": "-1", "diagonal": "55"}, "distance"),
        ({"distance": "8", "diagonal": "55", "tiles": "0x2"}, "tiles"),
        ({"tiles": "2 x 2"}, "tiles"),
    ],
)
def test_nonsense_names_its_field(query: dict[str, str], field: str) -> None:
    with pytest.raises(OptionError) as refused:
        screen_of(query)
    assert refused.value.name == field


def test_a_filled_form_becomes_one_address() -> None:
    filled = QueryParams("scenes=overview&scenes=sungai&distance=8&diagonal=55&tiles=2x2&name=Ruang+A&posisi=tegak")
    assert wall_address(filled) == "/wall?scenes=overview,sungai&distance=8&diagonal=55&tiles=2x2&name=Ruang+A"
    assert wall_address(QueryParams("")) == "/wall"


def test_a_turning_wall_shares_one_view_whichever_scenes_it_shows() -> None:
    chosen, every = SIGHTS.turning(["skor", "sungai"]), SIGHTS.turning([])
    assert chosen.name == every.name
    assert chosen.panels == every.panels
    assert len({panel.key for panel in every.panels}) == len(every.panels)
    assert chosen.title(SIGHTS.city, {}) == SIGHTS.scenes["skor"].title(SIGHTS.city, {})
