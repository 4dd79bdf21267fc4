"""The page itself: it fits, it asks no other host, and nothing in it complains."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from paho.mqtt import publish
from playwright.sync_api import Browser

from sensors.city import load_city
from tests.browser.conftest import Wall, watched
from tests.looking import faults
from tests.room import ROOT, Room

pytestmark = pytest.mark.browser
SIZES = [(1920, 1080), (3840, 2160), (1366, 768)]


@pytest.fixture(scope="module")
def whole_city(running_room: Room) -> Room:
    """A room in which every device and market of the pack has spoken."""
    command = [sys.executable, "-m", "sensors.virtual_city", "--once"]
    subprocess.run(command, cwd=ROOT, env=dict(running_room.environment), check=True, capture_output=True)
    host, port = running_room.mqtt_url.removeprefix("mqtt://").split(":")
    publish.multiple(list(_cases(running_room.topic_root)), hostname=host, port=int(port))
    return running_room


def _cases(root: str) -> Iterator[tuple[str, str, int, bool]]:
    """An open case of every category of every service: words of every length are on the wall."""
    city, at = load_city("tangerang"), datetime.now(UTC).isoformat()
    places = list(city.subdistricts)
    for service in city.services.values():
        status = next(iter(service.statuses))
        for number, category in enumerate(service.categories.values()):
            body = {"case_id": f"SEMUA-{number}", "status": status, "at": at, "category": category.key,
                    "subdistrict": places[-1 - number], "agency": category.agency}  # fmt: skip
            yield f"{root}/cases/{service.key}", json.dumps(body), 1, False


@pytest.mark.parametrize("path", ["/", "/wall/overview", "/wall/layanan"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_picture_fits_with_nothing_cut_or_covered(
    browser: Browser, whole_city: Room, path: str, width: int, height: int
) -> None:
    with watched(browser, whole_city, path, width, height) as wall:
        wall.shows('[data-panel="complaints"][data-state="live"]')
        assert faults(wall.page) == []
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
