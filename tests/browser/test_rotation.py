"""A wall that turns: no server call, what was hidden is current when it comes, and people in the room can hold it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Wall, watched
from tests.pack import SCENES
from tests.room import Room

pytestmark = pytest.mark.browser
TITLES = {key: scene.title for key, scene in SCENES.items()}


def scene_of(page: Page) -> str:
    key: str = page.evaluate("window.liveroomStage.steps[window.liveroomStage.at].scene.key")
    return key


def test_a_wall_turns_through_the_chosen_scenes_without_asking_anybody(browser: Browser, running_room: Room) -> None:
    with watched(browser, running_room, "/wall?scenes=sungai,skor") as wall:
        asked: list[str] = []
        wall.page.on("request", lambda request: asked.append(request.url))
        before = wall.page.url, wall.page.evaluate("history.length")
        shown = []
        for _ in range(4):
            shown.append(
                (scene_of(wall.page), wall.text(".room-scene"), wall.page.get_attribute("#room", "data-title"))
            )
            wall.page.keyboard.press("ArrowRight")
        assert [key for key, _, _ in shown] == ["sungai", "skor"] * 2
        assert all(words == TITLES[key] and title.startswith(words) for key, words, title in shown)
        wall.page.keyboard.press("ArrowLeft")
        assert scene_of(wall.page) == "skor"
        assert (wall.page.url, wall.page.evaluate("history.length")) == before
        assert asked == []
        assert wall.complaints == []


def test_it_turns_by_itself_after_the_dwell_of_the_scene(browser: Browser, running_room: Room) -> None:
    # Seconds are made short before anything runs: what the pack says is asked for, not waited for.
    quick = "const slow = setTimeout; window.waits = []; window.setTimeout = (call, ms, ...rest) => { \
             if (ms >= 8000) window.waits.push(ms); return slow(call, ms >= 8000 ? 400 : ms, ...rest); };"
    with watched(browser, running_room, "/wall?scenes=sungai,skor", script=quick) as wall:
        for key in ("skor", "sungai"):
            wall.shows(f'#room[data-title^="{TITLES[key]}"]')
        waits = set(wall.page.evaluate("window.waits"))
        assert waits >= {SCENES["sungai"].entry.dwell * 1000, SCENES["skor"].entry.dwell * 1000}


def test_space_holds_the_picture_and_says_so(browser: Browser, running_room: Room) -> None:
    with watched(browser, running_room, "/wall?scenes=sungai,skor") as wall:
        wall.page.keyboard.press(" ")
        assert "ditahan" in wall.text(".room-held")
        wall.page.keyboard.press(" ")
        assert wall.text(".room-held") == ""


def test_what_is_hidden_is_current_when_it_comes_up(browser: Browser, running_room: Room) -> None:
    with watched(browser, running_room, "/wall?scenes=skor,sungai") as wall:
        wall.page.keyboard.press(" ")
        assert not wall.page.locator('[data-panel="gauges"]').is_visible()
        observed_at = datetime.now(UTC).isoformat()
        wall.publish("readings/gauge-pintu-air-10", {"observed_at": observed_at, "values": {"water_level": 287}})
        gauge = '[data-panel="gauges"] [data-reading="gauge-pintu-air-10/water_level"]'
        wall.shows(f'{gauge}[data-value="287"]')
        wall.page.keyboard.press("ArrowRight")
        assert wall.page.locator(gauge).is_visible()
        assert wall.page.evaluate("document.querySelectorAll('[data-panel=gauges]').length") == 1


def test_a_screen_keeps_what_it_was_told_and_forgets_on_demand(browser: Browser, running_room: Room) -> None:
    context = browser.new_context()
    page = context.new_page()
    try:
        told = "/wall?scenes=sungai,skor&distance=8&diagonal=55&tiles=2x2"
        for path, kept in (
            (told, True),
            ("/wall", True),
            ("/wall/opd", True),
            ("/wall?distance=", False),
            ("/wall", False),
        ):
            page.goto(running_room.url + path)
            page.wait_for_selector('#room[data-room="live"]')
            assert (page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 25) is kept
        page.goto(running_room.url + "/wall/opd?distance=8&diagonal=55&tiles=2x2")
        page.goto(running_room.url + "/")
        page.wait_for_selector('#room[data-room="live"]')
        assert "distance" not in page.url  # an operator's desk on the same machine is none of it
    finally:
        context.close()


@pytest.mark.parametrize(
    ("query", "field"),
    [("distance=far&diagonal=55", "distance"), ("distance=8", "diagonal"), ("tiles=2&distance=8&diagonal=55", "tiles"),
     ("scenes=sungai,laut", "scenes"), ("distance=8&diagonal=nan", "diagonal")],
)  # fmt: skip
def test_nonsense_is_refused_by_name(browser: Browser, running_room: Room, query: str, field: str) -> None:
    page = browser.new_page()
    try:
        answer = page.goto(f"{running_room.url}/wall?{query}")
        assert answer is not None
        assert answer.status == 422
        assert f"Pilihan {field}:" in page.inner_text("main")
        assert page.evaluate("localStorage.getItem('screen')") is None
    finally:
        page.close()


def make_night(wall: Wall) -> bool:
    """Let it be night whatever the hour; whether the wall is dimmed then."""
    dimmed: bool = wall.page.evaluate(
        """() => {
            Object.assign(document.getElementById('room').dataset, { dimsFrom: '00:00', dimsUntil: '23:59' });
            window.liveroomKiosk.check();
            return document.getElementById('room').classList.contains('dimmed');
        }"""
    )
    return dimmed


def test_a_wall_is_dimmed_at_night_unless_something_grave_stands(browser: Browser, running_room: Room) -> None:
    with watched(browser, running_room, "/wall/sungai") as wall:
        wall.page.evaluate(
            "document.querySelectorAll('.area-warns .rank-3').forEach((e) => e.classList.remove('rank-3'))"
        )
        assert make_night(wall)
        wall.page.evaluate("document.querySelector('.area-warns .badge').classList.add('rank-3')")
        assert not make_night(wall)


def test_once_a_night_an_old_page_begins_afresh(browser: Browser, running_room: Room) -> None:
    with watched(browser, running_room, "/wall/sungai") as wall:
        tonight = (
            "Object.assign(document.getElementById('room').dataset, { reloadsAt: '00:00' }); window.before = true;"
        )
        # Any minute may be the one: the clock of the room is set to five past midnight, which only this page reads.
        due = "document.getElementById('clock-time').textContent = '00.10.00 WIB'; window.liveroomKiosk.check();"
        wall.page.evaluate(tonight + due)
        wall.page.wait_for_timeout(300)
        assert wall.page.evaluate("window.before")  # it is young: it has begun afresh already
        # Three hours on, and going on: a clock that stands still would never find a stream silent.
        old = "const run = performance.now.bind(performance); performance.now = () => run() + 3 * 3600 * 1000;"
        calm = "document.querySelectorAll('.area-warns .rank-3').forEach((e) => e.classList.remove('rank-3'));"
        with wall.page.expect_navigation():
            # Again and again, as it looks by itself: a room that is not ready at one moment may be at the next.
            wall.page.evaluate(old + "setInterval(() => { " + calm + due + " }, 500);")
        assert wall.page.evaluate("window.before") is None


def test_nobody_points_at_anything(browser: Browser, running_room: Room) -> None:
    with watched(browser, running_room, "/wall/sungai") as wall:
        wall.page.mouse.move(200, 200)
        assert wall.page.evaluate("getComputedStyle(document.body).cursor") != "none"
        wall.shows("html.idle")
        assert wall.page.evaluate("getComputedStyle(document.body).cursor") == "none"
