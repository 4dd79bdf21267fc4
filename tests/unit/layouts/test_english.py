"""No text of any page is left in Indonesian when a page is shown in English, but for names and data.

A failure names panel and phrase: the room's own go into layouts/texts/en.po, a pack's into its texts/en.po.
"""

from __future__ import annotations

import pytest

from dashboard.pictures import placeholder
from dashboard.shell import lost, room
from layouts import html
from layouts.findings.measures import MEASURES
from layouts.panel import Context
from layouts.panels import PANELS
from sensors.city import City
from tests.english import unsaid
from tests.pack import SIGHTS
from tests.unit.layouts.rows import NOW, chosen
from tests.unit.layouts.test_panels import SETS

ADD = "add each to layouts/texts/en.po or data/packs/tangerang/texts/en.po (docs/adding.md, A language):\n"


def complain(missing: list[str]) -> str:
    return ADD + "\n".join(sorted(missing))


@pytest.mark.parametrize("rows", SETS)
@pytest.mark.parametrize("key", PANELS)
def test_every_text_of_a_panel_is_said_in_english(key: str, rows: str, city: City) -> None:
    found, panel = SETS[rows](city), PANELS[key]
    shown = MEASURES if "measure" in panel.options else ("",)
    trees = [panel.render(found, Context(city, NOW, chosen(city) | {"measure": measure})) for measure in shown]
    missing = unsaid([placeholder(panel), *trees], found)
    assert not missing, f"panel {key}, rows {rows}: {complain(missing)}"


@pytest.mark.parametrize("name", SIGHTS.by_name)
def test_every_text_around_a_picture_is_said_in_english(name: str, city: City) -> None:
    sight = SIGHTS.by_name[name]
    missing = [each for wall in (True, False) for each in unsaid(room(SIGHTS, sight, chosen(city), wall=wall), {})]
    assert not missing, f"page {name}: {complain(missing)}"


@pytest.mark.parametrize("reason", ["Alamat /tidak/ada tidak ada.", "Pilihan measure: x-1 tidak ada."])
def test_the_page_that_is_not_there_is_said_in_english(reason: str) -> None:
    assert unsaid(lost(SIGHTS, reason), {"said": [{"name": "measure"}]}) == []


def test_a_phrase_without_a_translation_is_found_with_the_text_it_stands_in() -> None:
    tree = html.Div([html.P("12 hal aneh · Udara"), html.Img(alt="Gambar baru")])
    assert unsaid(tree, {}) == ["'hal aneh' in '12 hal aneh · Udara'", "'Gambar baru'"]
    assert unsaid(html.P("Gambar baru"), {"news": [{"title": "Gambar baru"}]}) == []
