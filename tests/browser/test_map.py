"""The map one can move, as people use it: by mouse, keyboard and link, and when the page is drawn anew under it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import BACK_WITHIN, Wall, watched
from tests.browser.test_access import violations
from tests.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
DRAWN = ".atlas-canvas[data-drawn]"
WITHIN = 60_000  # a canvas drawn in software on a busy machine
CARD = ".atlas-card:not([hidden])"
GAUGE = "gauge-pintu-air-10"


def scripts(page: Page) -> list[str]:
    """The scripts the page has asked for, by name."""
    urls = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return [url.split("/")[-1].split("?")[0] for url in urls if ".js" in url]


def test_the_library_comes_from_our_own_server_and_only_where_there_is_a_map(
    browser: Browser, whole_city: Room
) -> None:
    with watched(browser, whole_city) as wall:
        assert "maplibre-gl.js" not in scripts(wall.page)
        assert "live.js" in scripts(wall.page)
    with watched(browser, whole_city, "/peta") as desk:
        desk.shows(DRAWN, WITHIN)
        assert "maplibre-gl.js" in scripts(desk.page)
        assert desk.hosts == {whole_city.url.removeprefix("http://")}
        assert desk.complaints == []


def test_a_row_is_found_on_the_map_by_keyboard_and_the_link_to_it_shows_the_same(
    browser: Browser, whole_city: Room
) -> None:
    with watched(browser, whole_city, "/peta") as desk:
        desk.shows(DRAWN, WITHIN)
        desk.page.locator("#atlas-gauges > summary").focus()
        desk.page.keyboard.press("Enter")
        button = desk.page.get_by_role("button", name="Tunjukkan Pintu Air 10 di peta")
        button.focus()
        desk.page.keyboard.press("Enter")
        desk.shows(CARD)
        assert desk.page.locator(f"{CARD} h3 a").get_attribute("href") == f"/sungai/{GAUGE}"
        assert "Siaga" in desk.text(f"{CARD} dl")
        desk.shows(DRAWN)
        desk.page.wait_for_timeout(1500)  # the map comes to rest and writes where it is
        link = desk.page.url
        assert f"pilih=gauges/{GAUGE}" in link
        desk.page.keyboard.press("Escape")
        desk.shows(".atlas-card[hidden]")
    with watched(browser, whole_city, link.removeprefix(whole_city.url)) as other:
        other.shows(CARD, WITHIN)
        assert other.text(f"{CARD} h3") == "Pintu Air 10"


def test_what_is_chosen_stands_in_the_address_and_in_the_legend(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, "/peta#peta=12.00/-6.1800/106.6500&ukuran=pm25&lapisan=air") as desk:
        desk.shows(DRAWN, WITHIN)
        assert desk.page.locator("#atlas-measures [aria-pressed=true]").inner_text() == "PM2,5 kini"
        assert desk.page.locator("#atlas-layers [aria-pressed=true]").all_inner_texts() == ["Stasiun udara"]
        assert desk.page.locator('#atlas-legend [data-of-layer="gauges"]').is_hidden()
        desk.page.click("#atlas-layer-gauges")
        desk.page.click("#atlas-measure-hujan")
        assert desk.page.locator('#atlas-legend [data-of-layer="gauges"]').is_visible()
        assert desk.page.locator('#atlas-legend [data-of-measure="hujan"]').is_visible()
        assert "ukuran=hujan" in desk.page.url
        assert "lapisan=air+gauges" in desk.page.url


def test_a_new_case_comes_into_its_row_and_the_map_lives_through_a_new_drawing(
    browser: Browser, whole_city: Room
) -> None:
    with watched(browser, whole_city, "/peta") as desk:
        desk.shows(DRAWN, WITHIN)
        body = {"case_id": "PETA-1", "status": "menunggu", "at": datetime.now(UTC).isoformat(), "category": "pju",
                "subdistrict": "36.71.07.1004", "lat": -6.19, "lon": 106.61}  # fmt: skip
        desk.publish("cases/laksa", body)
        desk.shows('#atlas-cases-36-71-07-1004[data-dots*="/aduan/laksa/PETA-1"]')
        desk.page.evaluate(
            "() => { const slot = document.getElementById('slot-atlas'); slot.innerHTML = slot.innerHTML; }"
        )
        desk.shows(f"#atlas-stage > {DRAWN}")
        assert desk.page.locator(".atlas-canvas").count() == 1
        desk.page.click("#atlas-measure-air")
        desk.shows('#atlas-measure-air[aria-pressed="true"]')
        assert desk.complaints == []


def test_far_away_one_picks_a_kecamatan_and_close_by_a_kelurahan(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, "/peta#peta=11.5/-6.2000/106.6600&ukuran=keluhan&lapisan=") as desk:
        desk.shows(DRAWN, WITHIN)
        middle(desk)
        desk.shows(CARD)
        assert desk.page.locator(f"{CARD} h3 a").get_attribute("href").startswith("/wilayah/36.71.")  # type: ignore[union-attr]
    with watched(browser, whole_city, "/peta#peta=14/-6.2000/106.6600&ukuran=keluhan&lapisan=") as desk:
        desk.shows(DRAWN, WITHIN)
        middle(desk)
        desk.shows(CARD)
        assert desk.page.locator(f"{CARD} h3 a").get_attribute("href").startswith("/kelurahan/36.71.")  # type: ignore[union-attr]


def middle(desk: Wall) -> None:
    """Click the middle of the map."""
    box = desk.page.locator(".atlas-canvas canvas").bounding_box()
    assert box is not None
    desk.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_where_nothing_can_be_drawn_the_tables_stand_open(browser: Browser, whole_city: Room) -> None:
    broken = "HTMLCanvasElement.prototype.getContext = function () { return null; };"
    with watched(browser, whole_city, "/peta", script=broken) as desk:
        desk.shows(".atlas-table[open]", BACK_WITHIN)
        assert "tidak dapat menggambar peta" in desk.text("#atlas-stage")


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_desks_map_passes_axe_with_a_card_open(size: tuple[int, int], browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, f"/peta#pilih=gauges/{GAUGE}&peta=12.00/-6.1800/106.6500", *size) as desk:
        desk.shows(DRAWN, WITHIN)
        desk.page.evaluate("document.querySelectorAll('.atlas-table').forEach((table) => { table.open = true; })")
        assert violations(desk.page) == []
