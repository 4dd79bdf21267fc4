"""The page itself: it fits, it asks no other host, and nothing in it complains."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Wall, watched
from tests.looking import AGED, settled
from tests.room import Room

pytestmark = pytest.mark.browser
SIZES = [(1920, 1080), (3840, 2160), (1366, 768)]


@pytest.mark.parametrize("path", ["/", "/wall/overview", "/wall/layanan"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_picture_fits_with_nothing_cut_or_covered(
    browser: Browser, whole_city: Room, path: str, width: int, height: int
) -> None:
    with watched(browser, whole_city, path, width, height) as wall:
        wall.shows('[data-panel="complaints"][data-state="live"]')
        assert settled(wall.page) == []
        for minutes, said in ((59, "59 mnt lalu"), (23 * 60 + 1, "23 jam lalu"), (40 * 24 * 60, "40 hari lalu")):
            wall.page.evaluate(AGED, minutes)  # the longest words an age has
            wall.page.get_by_text(said).first.wait_for(state="attached")
            assert settled(wall.page) == [], said
        clock = wall.page.locator("#clock-time").bounding_box()
        assert clock
        assert clock["x"] + clock["width"] <= width


def test_the_page_asks_nobody_but_its_own_server(wall: Wall) -> None:
    assert wall.hosts == {wall.room.url.removeprefix("http://")}
    assert wall.complaints == []


def test_a_wall_has_no_controls_but_tells_the_time_and_its_connection(browser: Browser, running_room: Room) -> None:
    with watched(browser, running_room, "/wall/overview") as wall:
        assert wall.page.locator("a").count() == 0
        assert wall.text("#clock-time").endswith("WIB")
        assert "tersambung" in wall.text("#connection")


def test_the_overview_links_to_every_wall(wall: Wall) -> None:
    assert wall.page.locator('a[href="/wall/overview"]').count() == 1
    assert wall.page.locator('a[href="/wall/layanan"]').count() == 1


def test_the_page_is_dark_and_indonesian_from_its_first_byte(wall: Wall) -> None:
    head = wall.page.evaluate("[document.documentElement.lang, document.documentElement.dataset.bsTheme]")
    assert head == ["id", "dark"]
