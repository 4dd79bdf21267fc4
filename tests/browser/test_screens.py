"""Every scene on every screen: it fits by showing less, its type is never smaller than the farthest reader needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from layouts.screen import Screen
from tests.browser.conftest import BACK_WITHIN, raise_alarms
from tests.looking import settled
from tests.pack import SCENES
from tests.raising import forget_alarms
from tests.room import Room

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Size:
    """A screen as Chromium has it: CSS px, device pixels per CSS px, and what the address says of it."""

    name: str
    width: int
    height: int
    fine: float = 1
    screen: Screen | None = None

    @property
    def address(self) -> str:
        screen = self.screen
        if screen is None:
            return "/wall"
        return f"/wall?distance={screen.distance}&diagonal={screen.diagonal}&tiles={screen.across}x{screen.down}"


SIZES = (
    Size("1920x1080", 1920, 1080),
    Size("4K, twice as fine", 1920, 1080, 2),
    Size("3840x2160", 3840, 2160),
    Size("1080x1920", 1080, 1920),
    Size("2x2 of 55 inches at 8 m", 1920, 1080, 1, Screen(8, 55, 2, 2)),
    Size("3x3 of 55 inches at 8 m", 1920, 1080, 1, Screen(8, 55, 3, 3)),
    Size("98 inches at 10 m", 1920, 1080, 1, Screen(10, 98)),
    Size("75 inches at 10 m", 1920, 1080, 1, Screen(10, 75)),
    Size("55 inches at 10 m", 1920, 1080, 1, Screen(10, 55)),
)


# One page for a size: it holds all scenes, and turning to one asks nobody anything.
@pytest.fixture(scope="module", params=SIZES, ids=lambda size: size.name)
def hung(request: pytest.FixtureRequest, browser: Browser, whole_city: Room) -> Iterator[tuple[Size, Page]]:
    size: Size = request.param
    page = browser.new_page(
        viewport={"width": size.width, "height": size.height}, device_scale_factor=size.fine, locale="id-ID"
    )
    page.goto(whole_city.url + size.address)
    page.wait_for_selector('#room[data-room="live"]', timeout=BACK_WITHIN)
    page.wait_for_selector('[data-panel="complaints"][data-state="live"]', state="attached")
    page.keyboard.press(" ")  # held, so that it turns only as the test says
    yield size, page
    page.close()


def turn_to(page: Page, scene: str) -> int:
    """Turn to the first page of a scene; return how many it has."""
    count: int = page.evaluate(
        """(key) => {
            const stage = window.liveroomStage, steps = stage.steps;
            stage.turn(steps.findIndex((step) => step.scene.key === key) - stage.at);
            return steps[stage.at].pages;
        }""",
        scene,
    )
    return count


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_fits_and_nothing_of_it_is_lost(hung: tuple[Size, Page], scene: str) -> None:
    size, page = hung
    seen: set[str] = set()
    pages = turn_to(page, scene)
    for _ in range(pages):
        assert settled(page) == []
        seen |= set(page.eval_on_selector_all(".area[data-area]:not([hidden])", "all => all.map(a => a.dataset.area)"))
        page.keyboard.press("ArrowRight")
    assert seen == {name for row in SCENES[scene].entry.areas for name in row}
    if size.screen is None:
        assert pages == 1


def test_what_is_only_read_aloud_is_never_shortened(hung: tuple[Size, Page]) -> None:
    _, page = hung
    turn_to(page, "overview")
    page.evaluate("window.liveroomFit.all([...document.querySelectorAll('.area')])")
    assert page.locator(".area-unseen tr").count() > 1
    assert page.locator(".area-unseen [data-left-out]").count() == 0


def test_a_place_too_long_for_its_line_yields_to_its_verdict_and_comes_back(hung: tuple[Size, Page]) -> None:
    _, page = hung
    turn_to(page, "overview")
    named = """(words) => {
      const place = document.getElementById('summary-alarms-where');
      place.textContent = words;
      window.liveroomFit.all([place.closest('.area')]);
      return place.getClientRects().length > 0;
    }"""
    before = page.locator("#summary-alarms-where").text_content()
    short = page.evaluate(named, "TGT")
    try:
        page.evaluate(named, "Taman Gajah Tunggal dan semua yang di dekatnya " * 2)
        assert settled(page) == []
        assert page.locator("#summary-alarms-badge").is_visible()
        assert page.evaluate(named, "TGT") == short
    finally:
        page.evaluate(named, before)


@pytest.mark.parametrize("scene", ["darurat", "sungai"])
def test_words_of_two_lines_cost_an_alarm_nothing_else_where_there_is_room(
    hung: tuple[Size, Page], whole_city: Room, scene: str
) -> None:
    size, page = hung
    raise_alarms(whole_city.postgres.url)
    page.wait_for_selector("#alarms-0-place", state="attached")
    turn_to(page, scene)
    told = """(words) => {
      const value = document.getElementById('alarms-0-value'), area = value.closest('.area');
      const before = value.textContent;
      value.textContent = words;
      window.liveroomFit.all([area]);
      const more = area.querySelector('.more b'), place = document.getElementById('alarms-0-place');
      return [before, more && more.textContent, place.getClientRects().length > 0];
    }"""
    before, _, placed = page.evaluate(told, "512 cm")
    try:
        _, more, still_placed = page.evaluate(told, "Anyar, Poris Indah, Malabar, Bandeng, Laris, Ra…")
        assert more != "+0"
        assert still_placed or not placed or size.screen is not None
    finally:
        page.evaluate(told, before)
        forget_alarms(whole_city.postgres.url)
        page.wait_for_selector("#alarms-0-place", state="detached")


@pytest.mark.parametrize("scene", SCENES)
def test_no_word_is_smaller_than_its_reader_needs(hung: tuple[Size, Page], scene: str) -> None:
    size, page = hung
    turn_to(page, scene)
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('#room .area:not([hidden]) *, .room-header *')]
            .filter((each) => each.getClientRects().length && [...each.childNodes].some((node) => node.nodeType === 3))
            .filter((each) => !each.closest('.unseen, .area-unseen'))
            .map((each) => parseFloat(getComputedStyle(each).fontSize)))"""
    )
    least = size.screen.least_px if size.screen else 15 * min(size.width, size.height) / 1080
    assert smallest >= least - 0.01
