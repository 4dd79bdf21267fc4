"""A desk: the mayor's page and what is new since the last visit, light and dark, and a page on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Wall
from tests.room import Room

pytestmark = pytest.mark.browser
DESK = {"width": 1366, "height": 768}
LIVE = '#room[data-room="live"]'


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that remembers, as a desk's does."""
    context = browser.new_context(viewport=DESK, locale="id-ID")
    yield context
    context.close()


def opened(desk: BrowserContext, room: Room, path: str) -> Page:
    page = desk.new_page()
    page.goto(room.url + path)
    page.wait_for_selector(LIVE)
    return page


def warn(page: Page, room: Room, name: str, *, over: bool = False) -> None:
    """Warn for an hour, or say that this warning is over: others look at the same room."""
    now = datetime.now(UTC)
    body = {
        "id": name, "title": f"Hujan lebat {name}", "body": "", "severity": "siaga", "areas": ["36.71.04"],
        "issued_at": now.isoformat(), "expires_at": (now + timedelta(hours=0 if over else 1)).isoformat(),
    }  # fmt: skip
    Wall(page, room).publish("bulletins/bmkg-nowcast", body)


def test_what_came_after_the_last_visit_is_new_and_after_this_one_no_more(
    desk: BrowserContext, whole_city: Room
) -> None:
    page = opened(desk, whole_city, "/pimpinan")
    assert page.locator("#changes-visit").inner_text().startswith("Kunjungan pertama di meja ini")
    assert page.locator(".change[data-new]").count() == 0
    page.close()
    page = opened(desk, whole_city, "/pimpinan")
    warn(page, whole_city, "baru-saja")
    page.wait_for_selector('.change[data-change="issued-bmkg-nowcast-baru-saja"][data-new]')
    page.wait_for_function("document.getElementById('changes-visit').textContent.includes('1 perubahan lain sejak')")
    page.close()
    page = opened(desk, whole_city, "/pimpinan")
    page.wait_for_selector('.change[data-change="issued-bmkg-nowcast-baru-saja"]')
    said = "○ Tidak ada yang baru sejak kunjungan terakhir Anda, "
    assert page.locator("#changes-visit").inner_text().startswith(said)
    assert page.locator(".change[data-new]").count() == 0
    warn(page, whole_city, "baru-saja", over=True)


def test_a_warning_is_among_what_wants_attention_and_leads_on(desk: BrowserContext, whole_city: Room) -> None:
    page = opened(desk, whole_city, "/pimpinan")
    warn(page, whole_city, "perlu-perhatian")
    line = page.locator('[data-matter="warning-bmkg-nowcast/perlu-perhatian"]')
    line.wait_for()
    assert line.get_attribute("data-rank") == "2"
    line.locator("a").click()
    page.wait_for_selector(".scene-berita")
    warn(page, whole_city, "perlu-perhatian", over=True)


def test_a_desk_keeps_the_light_it_has_chosen_and_walls_stay_dark(desk: BrowserContext, whole_city: Room) -> None:
    page = opened(desk, whole_city, "/")
    page.get_by_role("button", name="Terang").click()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "light"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(whole_city.url + "/pimpinan")
    first = page.evaluate("[document.documentElement.dataset.bsTheme, getComputedStyle(document.body).backgroundColor]")
    assert first == ["light", ground]
    page.goto(whole_city.url + "/wall/overview")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"


def test_a_page_on_paper_has_its_words_in_black_and_no_controls(
    desk: BrowserContext, whole_city: Room, tmp_path: Path
) -> None:
    page = opened(desk, whole_city, "/pimpinan")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator(".room-desk").is_hidden()
    page.pdf(path=tmp_path / "page.pdf", format="A4", landscape=True)
    assert (tmp_path / "page.pdf").stat().st_size > 10_000
