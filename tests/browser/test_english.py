"""English on a desk and on a wall: what is seen, what is streamed, what is kept, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Wall, watched
from tests.english import ENGLISH
from tests.looking import AGED, settled
from tests.pack import SCENES
from tests.room import Room

pytestmark = pytest.mark.browser
LIVE = '#room[data-room="live"]'
SEEN = """() => [...document.querySelectorAll('h1, h2, th, .room-desk a, .room-desk button, .badge, .status, .note')]
  .map((each) => each.innerText.trim()).filter(Boolean)"""


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that remembers, as a desk's does."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="id-ID")
    yield context
    context.close()


def language(page: Page) -> str:
    page.wait_for_selector(LIVE)
    return str(page.evaluate("document.documentElement.lang"))


def letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text).casefold()


def left_in_indonesian(page: Page) -> list[str]:
    """What is seen and would read otherwise in English; "Air" is a word of both, and figures are looked at apart."""
    seen: list[str] = page.evaluate(SEEN)
    return [text for text in seen if text != "Air" and letters(ENGLISH.say(text)) != letters(text)]


def test_a_desk_keeps_the_language_it_has_chosen_and_goes_back(desk: BrowserContext, whole_city: Room) -> None:
    page = desk.new_page()
    page.goto(whole_city.url + "/")
    assert language(page) == "id"
    assert left_in_indonesian(page)
    page.get_by_role("button", name="English").click()
    page.wait_for_selector('html[lang="en"]')
    assert language(page) == "en"
    assert left_in_indonesian(page) == []
    assert page.locator("#connection").inner_text() == "● connected"
    assert "ago" in page.locator("#panel-air .age").inner_text()
    assert page.locator('[data-price="pasar-anyar/beras-medium"]').first.inner_text()[-4] == ","
    assert ":" in page.locator("#clock-time").inner_text()
    page.reload()
    assert language(page) == "en"
    page.goto(whole_city.url + "/pimpinan")
    assert language(page) == "en"
    assert left_in_indonesian(page) == []
    page.goto(whole_city.url + "/?lang=id")
    assert language(page) == "id"
    page.goto(whole_city.url + "/")
    page.get_by_role("button", name="Bahasa Indonesia").click()
    page.wait_for_selector('html[lang="id"]')
    assert page.get_by_role("heading", name="Udara", exact=True).is_visible()


@pytest.mark.parametrize("scene", SCENES)
def test_a_wall_in_english_may_hang(scene: str, browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, f"/wall/{scene}?lang=en") as wall:
        assert settled(wall.page) == []
        wall.page.evaluate(AGED, 59)
        wall.page.wait_for_timeout(1100)  # a second makes an age
        assert settled(wall.page) == [], "59 min ago"


def test_a_wall_streams_the_language_of_its_address(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, "/wall/sungai?lang=en") as wall:
        level = '[data-reading="gauge-pintu-air-10/water_level"][data-value="{}"]'
        for value in (1234, 1345):
            body = {"observed_at": datetime.now(UTC).isoformat(), "values": {"water_level": value}}
            Wall(wall.page, whole_city).publish("readings/gauge-pintu-air-10", body)
            wall.shows(level.format(value))
            assert f"{value:,}" in wall.text(level.format(value))
        assert left_in_indonesian(wall.page) == []
        assert wall.complaints == []
        calm = {"observed_at": datetime.now(UTC).isoformat(), "values": {"water_level": 212}}
        Wall(wall.page, whole_city).publish("readings/gauge-pintu-air-10", calm)  # others look at the same room
        wall.shows(level.format(212))


def test_the_list_of_cases_speaks_the_language_of_its_page(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, "/aduan?lang=en") as opened:
        opened.shows(".ag-row")
        assert opened.page.get_by_role("columnheader", name="Agency").first.is_visible()
        cells = opened.page.locator('.ag-cell:is([col-id="about"], [col-id="status"])').all_inner_texts()
        assert cells
        assert [text for text in cells if ENGLISH.say(text) != text] == []
        assert "Page" in opened.text(".ag-paging-panel")
        assert opened.complaints == []
