"""The desk pages about things: reached by links, live, true to their address, and for everyone on every screen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import watched
from tests.browser.test_access import PHONE, drawn, violations
from tests.ingesting import Worker
from tests.room import Room

pytestmark = pytest.mark.browser
GAUGE, STATION = "gauge-pintu-air-10", "air-tanah-tinggi"
PAGES = (
    "/sungai", f"/sungai/{GAUGE}", "/udara", f"/udara/{STATION}", "/udara/noise-perumahan", "/pasar",
    "/pasar/pasar-anyar", "/harga/beras-medium", "/perangkat", f"/perangkat/{STATION}?range=7d", "/data",
)  # fmt: skip


def reading(**values: float) -> dict[str, object]:
    return {"observed_at": datetime.now(UTC).isoformat(), "values": values}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("path", PAGES)
def test_everyone_can_use_the_page_at_a_desk_and_on_a_phone(browser: Browser, whole_city: Room, path: str) -> None:
    with watched(browser, whole_city, path, 1440, 900) as wall:
        drawn(wall)
        wall.page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        assert violations(wall.page) == []
        assert wall.complaints == []
        wall.page.set_viewport_size(PHONE)
        wall.page.wait_for_timeout(1200)  # once a second the page looks what scrolls
        assert violations(wall.page) == []
        assert wall.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(
    ("menu", "name", "leads"),
    [
        ("Sungai", "Pintu Air 10", f"/sungai/{GAUGE}"),
        ("Udara", "Tanah Tinggi", f"/udara/{STATION}"),
        ("Pasar", "Beras medium", "/harga/beras-medium"),
        ("Pasar", "Pasar Anyar", "/pasar/pasar-anyar"),
        ("Perangkat", "Tanah Tinggi", f"/perangkat/{STATION}"),
    ],
)
def test_two_links_lead_from_the_overview_to_one_thing(
    browser: Browser, whole_city: Room, menu: str, name: str, leads: str
) -> None:
    with watched(browser, whole_city) as wall:
        wall.page.get_by_role("navigation", name="Halaman meja").get_by_role("link", name=menu, exact=True).click()
        wall.shows("main.desk")
        drawn(wall)
        wall.page.locator("main").get_by_role("link", name=name, exact=True).first.click()
        wall.page.wait_for_url(f"**{leads}")
        drawn(wall)
        assert name in (wall.page.locator("h1").text_content() or "")


def test_a_name_on_the_overview_leads_to_its_page_and_a_wall_has_only_words(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city) as wall:
        drawn(wall)
        wall.page.locator("#panel-rivers").get_by_role("link", name="Pintu Air 10").click()
        wall.page.wait_for_url(f"**/sungai/{GAUGE}")
    with watched(browser, whole_city, "/wall/sungai") as wall:
        drawn(wall)
        assert wall.page.locator("a").count() == 0


def test_the_span_stands_in_the_address_and_survives_a_reload(browser: Browser, whole_city: Room) -> None:
    chosen = "#panel-gauge_course [aria-current]"
    with watched(browser, whole_city, f"/sungai/{GAUGE}") as wall:
        wall.shows(chosen)
        assert wall.text(chosen) == "24 jam"
        link = wall.page.locator("#panel-gauge_course").get_by_role("link", name="30 hari")
        link.focus()
        wall.page.keyboard.press("Enter")
        wall.page.wait_for_url(f"**/sungai/{GAUGE}?range=30d")
        wall.page.reload()
        wall.shows(chosen)
        assert wall.text(chosen) == "30 hari"
        assert "30 hari terakhir" in (
            wall.page.locator("#gauge_course-course-water_level img").get_attribute("alt") or ""
        )


def test_what_a_device_says_appears_on_its_page_and_its_gauges(browser: Browser, whole_city: Room) -> None:
    for path, panel, level in ((f"/sungai/{GAUGE}", "gauge_now", 361.0), (f"/perangkat/{GAUGE}", "device_now", 362.0)):
        with watched(browser, whole_city, path) as wall:
            drawn(wall)
            wall.publish(f"readings/{GAUGE}", reading(water_level=level))
            wall.shows(f'#panel-{panel} [data-reading="{GAUGE}/water_level"][data-value="{level:g}"]')
            drawing = wall.page.locator("img[id$=course-water_level-drawing]")
            wall.page.wait_for_function("(id) => document.getElementById(id).alt.includes('terakhir')",
                                        arg=drawing.get_attribute("id"))  # fmt: skip
    with watched(browser, whole_city, f"/sungai/{GAUGE}") as wall:
        wall.shows("#gauge_now-badge.rank-1")
        assert "Siaga 3" in wall.text("#gauge_now-badge")


def test_a_device_nobody_knows_is_no_page_until_it_speaks(browser: Browser, whole_city: Room) -> None:
    page = browser.new_page()
    try:
        answer = page.goto(f"{whole_city.url}/perangkat/belum-pernah")
        assert answer is not None
        assert answer.status == 404
    finally:
        page.close()
    with watched(browser, whole_city, "/perangkat?only=unplaced") as wall:
        wall.publish("readings/belum-pernah", reading(pm25=12.5))
        wall.shows("#devices-row-belum-pernah")
        wall.page.get_by_role("link", name="belum-pernah").click()
        wall.page.wait_for_url("**/perangkat/belum-pernah")
        wall.shows('[data-reading="belum-pernah/pm25"][data-value="12.5"]')


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/sungai/tidak-ada", 404, "gauge"),
        (f"/sungai/{STATION}", 404, "gauge"),
        ("/udara/tidak-ada", 404, "station"),
        ("/harga/emas", 404, "commodity"),
        ("/pasar/tidak-ada", 404, "market"),
        (f"/sungai/{GAUGE}?range=9h", 422, "range"),
        ("/harga/beras-medium?period=24h", 422, "period"),
        ("/perangkat?kind=entah", 422, "kind"),
        ("/perangkat?order=entah", 422, "order"),
    ],
)
def test_an_address_that_shows_nothing_names_its_field(
    browser: Browser, whole_city: Room, path: str, status: int, field: str
) -> None:
    page = browser.new_page()
    try:
        answer = page.goto(whole_city.url + path)
        assert answer is not None
        assert answer.status == status
        assert page.locator("main p").inner_text().startswith(f"Pilihan {field}: ")
    finally:
        page.close()


def test_the_list_of_devices_is_filtered_by_a_form_that_stands_in_the_address(
    browser: Browser, whole_city: Room
) -> None:
    with watched(browser, whole_city, "/perangkat") as wall:
        drawn(wall)
        everything = wall.page.locator("#devices-rows tr").count()
        wall.page.get_by_label("Besaran").select_option(label="Tinggi muka air")
        wall.page.get_by_role("button", name="Saring").click()
        wall.page.wait_for_url("**kind=water_level**")
        drawn(wall)
        shown = wall.page.locator("#devices-rows tr").count()
        assert 0 < shown < everything
        assert wall.page.get_by_label("Besaran").input_value() == "water_level"
        assert wall.page.locator("#devices-row-gauge-pintu-air-10").count() == 1


def test_a_refused_message_is_told_with_its_reason(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, "/data") as wall:
        wall.publish("prices/pasar-anyar", {"observed_at": datetime.now(UTC).isoformat(),
                                            "prices": [{"commodity": "emas", "price": 1, "unit": "kg"}]})  # fmt: skip
        wall.shows("#rejects-reason-0")
        assert "komoditas tak dikenal" in wall.page.locator("#panel-rejects").inner_text()


def test_a_reason_narrows_to_its_messages_and_one_button_has_them_read_again(
    browser: Browser, whole_city: Room, tmp_path: Path
) -> None:
    with watched(browser, whole_city, "/data") as wall:
        wall.publish("readings/air-salah", {"observed_at": "kemarin", "values": {"pm25": "<b>tebal</b>"}})
        wall.page.locator("#panel-rejects").get_by_role("link", name="waktu tidak sah").click()
        wall.page.wait_for_url("**/data?reason=bad-time#panel-rejected_messages")
        wall.shows("#rejected_messages-list pre")
        assert "<b>tebal</b>" in wall.text("#rejected_messages-list pre")
        button = wall.page.get_by_role("button", name="Coba lagi")
        assert button.is_disabled()
        assert wall.text("#rejected_messages-how").startswith("Pemeliharaan tidak berjalan: ")
        keeper = Worker(whole_city.postgres.url, whole_city.mqtt_url, ("maintenance",), log=tmp_path / "log")
        keeper.start(wait=False)
        try:
            wall.shows("#rejected_messages-again:not([disabled])")
            size = button.bounding_box()
            assert size is not None
            assert min(size["width"], size["height"]) >= 24
            button.focus()
            wall.page.keyboard.press("Enter")
            wall.page.get_by_text("0 dipahami, 1 tetap ditolak").wait_for()
            assert wall.page.url.endswith("/data?reason=bad-time#panel-rejected_messages")
            assert violations(wall.page) == []
            assert wall.complaints == []
            wall.page.emulate_media(media="print")
            assert not button.is_visible()
        finally:
            keeper.kill()
