"""Every page under axe-core: WCAG 2.0 to 2.2, A and AA, on walls and phones, when all is well and when it is not."""

from __future__ import annotations

import os
import signal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from layouts.page import CONTROLS, NAMED
from layouts.scene import Scene, place_of
from tests.browser.conftest import Wall, watched
from tests.pack import CITY, OVERVIEW, SCENES, SIGHTS
from tests.room import Room
from tests.unit.layouts.rows import chosen

pytestmark = pytest.mark.browser
PAGES = ("/", *(f"/wall/{key}" for key in SCENES))
WALL, PHONE = {"width": 1920, "height": 1080}, {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
RULES = {
    "runOnly": {"type": "tag", "values": LEVELS},
    "rules": {"target-size": {"enabled": True}},  # WCAG 2.2; axe-core leaves it out unless asked
    "resultTypes": ["violations"],
}
ALARMING = """() => document.querySelectorAll('#room .rank-0').forEach(
  (element, i) => element.classList.replace('rank-0', `rank-${1 + i % 3}`))"""
"""Everything that is as usual gets a level, each in its place and on its ground."""
OLDER = """(stale) => {
  for (const element of document.querySelectorAll('[data-late-after]')) {
    const [late, end] = [Number(element.dataset.lateAfter), Number(element.dataset.staleAfter)];
    const age = stale ? end + 60 : (late + end) / 2;
    if (element.dataset.observedAt) element.dataset.observedAt = new Date(Date.now() - age * 1000).toISOString();
  }
  dispatchEvent(new Event('online'));
}"""
"""Everything was observed too long ago; the page, made to look before anything new comes, calls it late or stale."""


def desk_addresses() -> list[str]:
    """The address of every desk page, about a case, an alarm, a place or a device that the whole city has."""
    said = {**chosen(CITY), "service": "laksa", "case": "SEMUA-0", "alarm": "1"}
    return [NAMED.sub(lambda name: said[name[1]], path) for path in SIGHTS.pages]


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong: rule, impact, where and why."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}) {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def named(page: Page, scene: Scene) -> list[str]:
    """What the page is called by: its title, its one heading, its panels (those found once)."""
    panels = [panel.title for panel in scene.panels]
    found = [name for name in panels if page.get_by_role("region", name=name, exact=True).count() == 1]
    return [page.title(), *page.locator("h1 .room-scene").all_text_contents(), *found]


def drawn(wall: Wall) -> None:
    """Wait until every panel has its place filled."""
    wall.shows("#room .area")
    wall.shows("#room:not(:has(.area:empty))")


@pytest.mark.timeout(120)
@pytest.mark.parametrize("path", PAGES)
def test_everyone_can_use_the_page(browser: Browser, whole_city: Room, path: str) -> None:
    scene = SCENES[path.rpartition("/")[2] or OVERVIEW.key]
    with watched(browser, whole_city, path) as wall:
        drawn(wall)
        assert violations(wall.page) == []
        title = f"{scene.title} · Kota Tangerang LIVE Room"
        assert named(wall.page, scene) == [title, scene.title, *(panel.title for panel in scene.panels)]
        wall.page.set_viewport_size(PHONE)
        wall.page.wait_for_timeout(1200)  # once a second the page looks what scrolls
        assert violations(wall.page) == []
        wall.page.set_viewport_size(WALL)
        wall.page.evaluate(ALARMING)
        assert violations(wall.page) == []
        for state in ("late", "stale"):
            wall.page.evaluate(OLDER, state == "stale")
            wall.shows(f'.panel[data-state="{state}"]')
            wall.shows('#room:not(:has([data-late-after][data-state="live"]))')
            assert violations(wall.page) == [], state


@pytest.mark.timeout(120)
@pytest.mark.parametrize("path", desk_addresses())
def test_everyone_can_use_a_desk_page(browser: Browser, whole_city: Room, path: str) -> None:
    with watched(browser, whole_city, path, **DESK) as wall:
        drawn(wall)
        if wall.page.locator(f"#{CONTROLS}").count():
            wall.shows(f"#{CONTROLS} .ag-row a")
        for size in (DESK, WALL, PHONE):
            wall.page.set_viewport_size(size)
            wall.page.wait_for_timeout(1200)  # once a second the page looks what scrolls
            assert violations(wall.page) == [], size
        wall.page.evaluate(ALARMING)
        assert violations(wall.page) == []
        wall.page.evaluate(OLDER, True)
        wall.page.wait_for_timeout(300)
        assert violations(wall.page) == [], "stale"


def test_a_page_without_its_server_can_still_be_read(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city) as wall:
        drawn(wall)
        os.kill(whole_city.pid("dashboard"), signal.SIGSTOP)
        try:
            wall.shows('#room[data-room="stale"]')
            assert violations(wall.page) == []
            assert "dtk lalu" in wall.text("#banner")
            said = wall.page.locator('[role="alert"]').text_content()
            assert said == "Terputus dari server", "an alert with a counting age would be said every second"
        finally:
            os.kill(whole_city.pid("dashboard"), signal.SIGCONT)


@pytest.mark.parametrize("address", ["/wall/tidak-ada", "/?measure=tidak-ada", "/wilayah/tidak-ada"])
def test_everyone_can_leave_a_page_that_is_not_there(browser: Browser, running_room: Room, address: str) -> None:
    page = browser.new_page(viewport=WALL)
    try:
        page.goto(running_room.url + address)
        page.wait_for_selector("main a")
        assert violations(page) == []
    finally:
        page.close()


def test_the_measure_finds_what_is_broken(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city, "/wall/udara") as wall:
        drawn(wall)
        wall.page.evaluate("""() => {
          document.querySelector('#room img').removeAttribute('alt');
          document.querySelector('#room h2').style.color = '#444';
        }""")
        assert {each.split(" ")[0] for each in violations(wall.page)} == {"image-alt", "color-contrast"}


def focused(page: Page) -> tuple[str, bool]:
    """Words of what has the keyboard, and whether one sees that: inside the window, with an outline."""
    words, seen = page.evaluate("""() => {
      const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
      const inside = box.width > 20 && box.top >= 0 && box.left >= 0 && box.right <= innerWidth;
      return [element.textContent, inside && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
    }""")
    return words, seen


def test_a_keyboard_goes_past_the_links_or_through_them_and_is_always_seen(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city) as wall:
        drawn(wall)
        wall.page.keyboard.press("Tab")
        assert focused(wall.page) == ("Langsung ke layar", True)
        for link in wall.page.locator(".room-links a").all_text_contents():
            wall.page.keyboard.press("Tab")
            assert focused(wall.page) == (link, True)
        wall.page.keyboard.press("Tab")
        assert focused(wall.page) == ("Layar dinding", True)
        wall.page.keyboard.press("Enter")
        for link in wall.page.locator(".room-menu a").all_text_contents():
            wall.page.keyboard.press("Tab")
            assert focused(wall.page) == (link, True)
        wall.page.locator(".room-skip").focus()
        wall.page.keyboard.press("Enter")
        wall.shows(f"#{place_of(OVERVIEW.key)}:focus")
        wall.page.wait_for_timeout(500)
        assert wall.page.locator(".area:empty").count() == 0, "the picture must stay as it is"
        wall.page.locator('a[href="/wall/sungai"]').focus()
        wall.page.keyboard.press("Enter")
        wall.shows(".scene-sungai .panel")


def test_what_scrolls_on_a_phone_can_be_reached_and_nothing_else_stops_the_keyboard(
    browser: Browser, whole_city: Room
) -> None:
    with watched(browser, whole_city, "/wilayah") as wall:
        drawn(wall)
        assert wall.page.locator("[tabindex='0']").count() == 0
        wall.page.set_viewport_size(PHONE)
        wall.shows("#panel-places-body[tabindex='0']")
        assert wall.page.get_by_role("group", name="Kecamatan dibandingkan").count() == 1


def test_nothing_moves_for_those_who_asked_for_stillness(browser: Browser, whole_city: Room) -> None:
    with watched(browser, whole_city) as wall:
        drawn(wall)
        moving = """() => [...document.querySelectorAll('#room, #room *')].filter((element) => {
          const style = getComputedStyle(element);
          return [style.transitionDuration, style.animationDuration].some((times) => /[1-9]/.test(times));
        }).length"""
        wall.page.evaluate("document.querySelector('.panel').style.transition = 'opacity 1s'")
        assert wall.page.evaluate(moving) == 1
        wall.page.emulate_media(reduced_motion="reduce")
        assert wall.page.evaluate(moving) == 0
