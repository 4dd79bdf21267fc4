"""No text of any page is left in Indonesian when a page is shown in English, but for names and data.

A failure names panel and phrase: the room's own go into layouts/texts/en.po, a pack's into its texts/en.po.
"""

from __future__ import annotations

import pytest

from dashboard.moments import Moment
from dashboard.past import Address
from dashboard.pictures import placeholder
from dashboard.shell import busy, lost, room
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
    here, shown = (
        Address.of("/", ()),
        [(wall, moment) for wall in (True, False) for moment in (None, Moment(NOW, 0, NOW))],
    )
    trees = [room(SIGHTS, sight, chosen(city), here, wall=wall, moment=moment) for wall, moment in shown]
    missing = [each for tree in trees for each in unsaid(tree, {})]
    assert not missing, f"page {name}: {complain(missing)}"


@pytest.mark.parametrize(
    "reason",
    [
        "Alamat /tidak/ada tidak ada.",
        "Pilihan measure: x-1 tidak ada.",
        "Pilihan at: x-1 bukan waktu; tulis seperti 2026-11-20T23:15:00+07:00.",
        "Pilihan at: 2026-12-20T23:15:00+07:00 belum terjadi.",
        "Pilihan at: 2001-01-01 terlalu lama; data ada sejak Sab 21 Nov 14.05 WIB.",
        "Pilihan speed: 3 tidak ada; ada 0, 1, 10, 60, 600.",
    ],
)
def test_the_page_that_is_not_there_is_said_in_english(reason: str) -> None:
    assert unsaid(lost(SIGHTS, reason), {"said": [{"name": name} for name in ("measure", "at", "speed")]}) == []


@pytest.mark.parametrize(
    "reason", ["Semua tempat untuk melihat masa lalu sedang terpakai.", "Basis data tidak terjangkau."]
)
def test_the_page_of_who_must_wait_for_a_replay_is_said_in_english(reason: str) -> None:
    assert unsaid(busy(Address.of("/", ()), reason), {}) == []


def test_a_phrase_without_a_translation_is_found_with_the_text_it_stands_in() -> None:
    tree = html.Div([html.P("12 hal aneh · Udara"), html.Img(alt="Gambar baru")])
    assert unsaid(tree, {}) == ["'hal aneh' in '12 hal aneh · Udara'", "'Gambar baru'"]
    assert unsaid(html.P("Gambar baru"), {"news": [{"title": "Gambar baru"}]}) == []
