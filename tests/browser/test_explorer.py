"""The explorer as people use it: ask, read, keep a view, take a file along, and be told what cannot be asked."""

from __future__ import annotations

import hashlib

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watched
from tests.browser.test_access import PHONE, violations
from tests.printed import text_of
from tests.room import Room

pytestmark = pytest.mark.browser


def answered(page: Page) -> None:
    page.wait_for_selector(".explorer-result", timeout=20_000)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("path", ["/jelajah", "/jelajah?stream=cases&step=week", "/jelajah?from=2001-01-01"])
def test_everyone_can_use_the_explorer_at_a_desk_and_on_a_phone(browser: Browser, whole_city: Room, path: str) -> None:
    with watched(browser, whole_city, path, 1440, 900) as wall:
        answered(wall.page)
        wall.page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        assert violations(wall.page) == []
        assert [each for each in wall.complaints if "422" not in each] == []
        wall.page.set_viewport_size(PHONE)
        wall.page.wait_for_timeout(1200)  # once a second the page looks what scrolls
        assert violations(wall.page) == []
        assert wall.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_is_chosen_stands_in_the_address_and_is_kept_under_a_name(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, "/jelajah", 1440, 900) as wall:
        page = wall.page
        answered(page)
        page.select_option("#explorer-choose-kind", "rain")
        page.select_option("#explorer-choose-step", "hour")
        page.fill("#explorer-from", "2026-11-20")
        page.fill("#explorer-to", "2026-11-21")
        page.get_by_role("button", name="Tampilkan").click()
        page.wait_for_url("**/jelajah?stream=readings&from=2026-11-20&to=2026-11-21&step=hour&kind=rain")
        answered(page)
        assert "Hujan" in page.inner_text(".explorer-result h3 >> nth=0")
        page.fill("#explorer-name", "Hujan <b>dua hari</b>")
        page.get_by_role("button", name="Simpan tampilan").click()
        page.goto(f"{whole_city.url}/jelajah?stream=prices")
        answered(page)
        kept = page.get_by_role("link", name="Hujan <b>dua hari</b>")
        kept.click()
        page.wait_for_url("**kind=rain**")
        answered(page)
        page.get_by_role("button", name="hapus: Hujan <b>dua hari</b>").click()
        assert page.get_by_role("link", name="Hujan <b>dua hari</b>").count() == 0


def test_a_file_is_taken_along_with_its_checksum(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, "/jelajah?kind=pm25", 1440, 900) as wall:
        answered(wall.page)
        with wall.page.expect_download() as download:
            wall.page.locator(".explorer-files a", has_text="CSV").first.click()
        body = download.value.path().read_bytes()
        assert download.value.suggested_filename.startswith("readings-")
        wall.page.locator(".explorer-job", has_text="SHA-256").wait_for()
        assert hashlib.sha256(body).hexdigest() in wall.page.inner_text(".explorer-job")
        assert wall.page.url.endswith("/jelajah?kind=pm25")


def test_the_answer_is_had_on_paper_as_it_is_asked(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, "/jelajah?kind=pm25&step=hour&from=2026-11-21&to=2026-11-21", 1440, 900) as wall:
        answered(wall.page)
        link = wall.page.get_by_role("link", name="PDF")
        found = wall.page.request.get(f"{whole_city.url}{link.get_attribute('href')}")
        assert found.headers["content-type"] == "application/pdf"
        text = text_of(found.body())
        assert "PM2,5, Sabtu, 21 November 2026" in text
        assert f"\n{wall.page.inner_text('#explorer-value')}\n" in text


def test_a_download_that_waits_is_cancelled_by_its_button(browser: Browser, whole_city: Room) -> None:
    with (
        psycopg.connect(whole_city.postgres.url) as holding,
        watched(browser, whole_city, "/jelajah?stream=prices", 1440, 900) as wall,
    ):
        answered(wall.page)
        holding.execute("LOCK TABLE prices IN ACCESS EXCLUSIVE MODE")
        wall.page.locator(".explorer-files a", has_text="CSV").first.click()
        wall.page.locator(".explorer-job", has_text="sedang diunduh").wait_for()
        wall.page.get_by_role("button", name="Batalkan").click()
        wall.page.locator(".explorer-job", has_text="dibatalkan").wait_for()
