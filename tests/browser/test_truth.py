"""A wall tells the truth when the network, a clock, a feed or the display itself fails, on every scene."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from paho.mqtt import publish
from playwright.sync_api import Browser, expect

from layouts.panel import Panel
from sensors.city import City, load_city
from sensors.kinds import KINDS
from tests.browser.conftest import AWAY_MS, BACK_WITHIN, TOLD_WITHIN, Wall, watched
from tests.pack import SCENES
from tests.relay import relay
from tests.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
GAUGE = "gauge-pintu-air-10"
LEVEL = f'[data-panel="rivers"] [data-reading="{GAUGE}/water_level"]'
AGE = '[data-panel="rivers"] .age'
SECONDS_AGO = re.compile(r"^\d+ dtk lalu$")
LIVE, STALE = '#room[data-room="live"]', '#room[data-room="stale"]'
RECEIVED = {"feeds", "streams"}  # what is received last, of every stream
WORKERS = "workers"  # who is there also where nobody has told anything
TAKEOVER = "takeover"
SILENCE = timedelta(hours=1, minutes=2)
HOUR_MS, MINUTE_MS = 3_600_000, 60_000

# `Date` of a display whose clock is wrong by `window.wrong` ms, as a page sees it. Nobody can set performance.now().
WRONG_CLOCK = """(() => {
  const Real = Date;
  window.wrong = MS;
  window.Date = class extends Real {
    constructor(...given) { if (given.length) super(...given); else super(Real.now() + window.wrong); }
    static now() { return Real.now() + window.wrong; }
  };
})()"""
PANEL_STATES = """() => Object.fromEntries([...document.querySelectorAll('[data-panel]')].map((panel) =>
    [panel.dataset.panel, panel.dataset.state]))"""
BODIES = """() => Object.fromEntries([...document.querySelectorAll('[data-panel]')].map((panel) =>
  [panel.dataset.panel, {
    state: panel.dataset.state, words: panel.querySelector('.body').textContent.trim(),
    age: panel.querySelector('.age') ? panel.querySelector('.age').textContent : '',
    seen: panel.querySelector('.age') ? getComputedStyle(panel.querySelector('.age'), '::before').content : '',
    drawn: panel.hasAttribute('data-late-after'),
}]))"""
DRAWN = (
    "() => [...document.querySelectorAll('.area')].every((area) => area.querySelector('[data-panel][data-late-after]'))"
)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


@pytest.fixture
def new_room() -> Iterator[Room]:
    """A room that nobody has told anything."""
    with Room.start(virtual_city="0") as room:
        yield room


def report(wall: Wall, level: float, ago: timedelta = timedelta()) -> None:
    body = {"observed_at": (datetime.now(UTC) - ago).isoformat(), "values": {"water_level": level}}
    wall.publish(f"readings/{GAUGE}", body)


# -- the network ---------------------------------------------------------------------------------------------


def test_a_network_cut_for_a_minute_is_said_and_healed_with_the_values_of_now(
    browser: Browser, running_room: Room
) -> None:
    with relay(running_room.port) as network, far_wall(browser, running_room, network.url) as wall:
        report(wall, 210)
        wall.shows(f'{LEVEL}[data-value="210"]')
        network.cut()
        report(wall, 211)
        wall.shows(f'{STALE}[data-why="silent"]', TOLD_WITHIN)
        assert "Terputus" in wall.text("#banner")
        assert wall.page.locator(LEVEL).get_attribute("data-value") == "210"
        wall.page.wait_for_timeout(AWAY_MS)  # the page has given its stream up by then, and tried others
        wall.shows(STALE)
        network.mend()
        wall.shows(LIVE, BACK_WITHIN)
        wall.shows(f'{LEVEL}[data-value="211"]', BACK_WITHIN)
        report(wall, 212)
        wall.shows(f'{LEVEL}[data-value="212"]')


@contextmanager
def far_wall(browser: Browser, room: Room, url: str, script: str = "") -> Iterator[Wall]:
    """The overview, reached through a network of its own."""
    with watched(browser, _at(room, url), script=script) as wall:
        yield wall


def _at(room: Room, url: str) -> Room:
    return replace(room, port=int(url.rpartition(":")[2]))


@pytest.mark.parametrize("scene", SCENES)
def test_a_frozen_server_is_noticed_on_every_wall(browser: Browser, running_room: Room, scene: str) -> None:
    pid = running_room.pid("dashboard")
    with watched(browser, running_room, f"/wall/{scene}") as wall:
        os.kill(pid, signal.SIGSTOP)
        try:
            wall.shows(f'{STALE}[data-why="silent"]', TOLD_WITHIN)
        finally:
            os.kill(pid, signal.SIGCONT)
        wall.shows(LIVE, BACK_WITHIN)


# -- the clock of the display --------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [10, -10], ids=["fast", "slow"])
def test_a_wrong_clock_of_the_display_changes_no_age_no_state_and_not_the_time(
    browser: Browser, running_room: Room, city: City, minutes: int
) -> None:
    with display(browser, running_room, minutes * MINUTE_MS) as wall:
        report(wall, 220)
        wall.shows(f'{LEVEL}[data-value="220"]')
        wall.shows('[data-panel="rivers"][data-state="live"]')
        assert_time_is_right(wall, city)
        expect(wall.page.locator(AGE)).to_have_text(SECONDS_AGO, timeout=TOLD_WITHIN)
        wall.shows(LIVE)
        wall.shows('[data-panel="rivers"][data-state="live"]')


@pytest.mark.parametrize("minutes", [10, -10], ids=["forward", "back"])
def test_a_clock_that_is_set_while_the_wall_is_open_changes_nothing_that_lasts(
    browser: Browser, running_room: Room, city: City, minutes: int
) -> None:
    with display(browser, running_room, 0) as wall:
        report(wall, 230)
        wall.shows('[data-panel="rivers"][data-state="live"]')
        wall.page.evaluate(f"window.wrong = {minutes * MINUTE_MS}")
        wall.page.wait_for_timeout(9_000)  # a page that believed its own clock would believe it for a minute
        wall.shows(LIVE)
        wall.shows('[data-panel="rivers"][data-state="live"]')
        assert_time_is_right(wall, city)
        expect(wall.page.locator(AGE)).to_have_text(SECONDS_AGO, timeout=TOLD_WITHIN)


def assert_time_is_right(wall: Wall, city: City) -> None:
    """The wall shows the minute it is; around its turn, either."""
    present = datetime.now(UTC).astimezone(city.zone)
    allowed = {(present + timedelta(seconds=off)).strftime("%H.%M") for off in (-5, 0, 5)}
    assert wall.text("#clock-time")[:5] in allowed


@contextmanager
def display(browser: Browser, room: Room, wrong: int) -> Iterator[Wall]:
    """The overview on a display whose clock is wrong by so many ms from the start."""
    with watched(browser, room, script=WRONG_CLOCK.replace("MS", str(wrong))) as wall:
        yield wall


# -- a display that sleeps -----------------------------------------------------------------------------------

TIMERS_THAT_SLEEP = """(() => {
  window.asleep = false;
  for (const name of ['setInterval', 'setTimeout']) {
    const begin = window[name];
    window[name] = (call, ...rest) => begin(() => { if (!window.asleep) call(); }, ...rest);
  }
})()"""
WAKE = """() => {
  window.asleep = false;
  document.dispatchEvent(new Event('visibilitychange'));
  return [document.getElementById('room').dataset.room, document.getElementById('banner').textContent];
}"""


def test_a_page_that_was_put_away_is_stale_the_moment_it_wakes(browser: Browser, running_room: Room) -> None:
    """A phone stops the timers of a page nobody looks at, and the network goes away too."""
    with relay(running_room.port) as network, far_wall(browser, running_room, network.url, TIMERS_THAT_SLEEP) as wall:
        wall.page.evaluate("window.asleep = true")
        network.cut()
        wall.page.wait_for_timeout(6_000)
        assert wall.page.locator("#room").get_attribute("data-room") == "live"  # as it was put away
        room, banner = wall.page.evaluate(WAKE)
        assert (room, "Terputus" in banner) == ("stale", True)
        network.mend()
        wall.shows(LIVE, BACK_WITHIN)


def test_a_device_whose_timers_stood_still_tells_the_hours_it_slept(browser: Browser, running_room: Room) -> None:
    """While a device sleeps, performance.now() may stand still; when it wakes, only `Date` has gone on."""
    with relay(running_room.port) as network, far_wall(browser, running_room, network.url) as wall:
        wall.page.evaluate(WRONG_CLOCK.replace("MS", "0"))
        report(wall, 240)
        wall.shows('[data-panel="rivers"][data-state="live"]')
        network.cut()
        asleep = f"window.wrong = {3 * HOUR_MS + MINUTE_MS}; document.dispatchEvent(new Event('visibilitychange'))"
        room, panel, age = wall.page.evaluate(
            f"() => {{ {asleep}; const panel = document.getElementById('panel-rivers');"
            " return [document.getElementById('room').dataset.room, panel.dataset.state,"
            " panel.querySelector('.age').textContent]; }"
        )
        assert (room, panel, age) == ("stale", "stale", "3 jam lalu")
        network.mend()
        wall.shows(LIVE, BACK_WITHIN)
        wall.shows('[data-panel="rivers"][data-state="live"]')


# -- feeds that say nothing ----------------------------------------------------------------------------------


def test_without_any_data_every_panel_of_every_wall_says_that_and_what_it_awaits(
    browser: Browser, new_room: Room
) -> None:
    wrong: list[str] = []
    for scene in SCENES:
        with watched(browser, new_room, f"/wall/{scene}") as wall:
            wall.page.wait_for_function(DRAWN, timeout=BACK_WITHIN)
            for key, found in wall.page.evaluate(BODIES).items():
                if key in (WORKERS, TAKEOVER):  # those that write are there; what takes a wall over is not seen
                    continue
                said = found["age"] or found["seen"]
                if found["state"] != "empty" or not found["words"] or "belum ada data" not in said:
                    wrong.append(f"{scene}/{key}: {found}")
    assert wrong == []


def test_a_feed_silent_for_an_hour_is_told_on_an_open_wall_and_heals_with_its_next_reading(
    browser: Browser, new_room: Room
) -> None:
    panel = '[data-panel="rivers"]'
    with watched(browser, new_room) as wall:
        report(wall, 100, ago=SILENCE)
        wall.shows(f'{panel}[data-state="stale"]', TOLD_WITHIN)
        expect(wall.page.locator(AGE)).to_have_text("1 jam lalu")
        wall.shows(LIVE)  # the room hears well: it is the feed that says nothing
        report(wall, 101)
        wall.shows(f'{panel}[data-state="live"]', TOLD_WITHIN)
        assert wall.page.locator(LEVEL).get_attribute("data-value") == "101"


def test_a_panel_grows_old_by_itself_while_nothing_comes(wall: Wall) -> None:
    """The hour that a feed may be silent, made three seconds: no frame and no heartbeat tells the page of it."""
    report(wall, 260)
    wall.shows(f'{LEVEL}[data-value="260"]')
    wall.shows('[data-panel="rivers"][data-state="live"]')
    wall.page.evaluate(
        "() => Object.assign(document.getElementById('panel-rivers').dataset, {lateAfter: 1, staleAfter: 3})"
    )
    wall.shows('[data-panel="rivers"][data-state="late"]', TOLD_WITHIN)
    wall.shows('[data-panel="rivers"][data-state="stale"]', TOLD_WITHIN)
    assert wall.page.locator(LEVEL).get_attribute("data-value") == "260"


def test_an_hour_without_readings_shows_on_every_panel_of_readings_and_on_no_other(
    browser: Browser, new_room: Room, city: City
) -> None:
    host, port = new_room.mqtt_url.removeprefix("mqtt://").split(":")
    publish.multiple(messages(city, new_room.topic_root), hostname=host, port=int(port))
    wrong: list[str] = []
    for scene in SCENES.values():
        with watched(browser, new_room, f"/wall/{scene.key}") as wall:
            wall.page.wait_for_function(DRAWN, timeout=BACK_WITHIN)
            for panel in scene.panels:
                expected = states(panel)
                if not becomes(wall, panel.key, expected):
                    found = wall.page.evaluate(PANEL_STATES)[panel.key]
                    wrong.append(f"{scene.key}/{panel.key}: {found}, expected {' or '.join(expected)}")
    assert wrong == []


def states(panel: Panel) -> tuple[str, ...]:
    """What a panel may say when readings are silent for an hour, and prices and cases are of this minute."""
    if panel.key in RECEIVED:
        return ("live",)
    if panel.key == "alarms":  # nobody judges in this room: that is no calm
        return ("empty",)
    if "bulletins" in panel.streams and "cases" not in panel.streams:
        return ("empty",)
    if "readings" in panel.streams and panel.late_after < SILENCE:
        return ("late", "stale")
    return ("live",)


def becomes(wall: Wall, key: str, states: tuple[str, ...]) -> bool:
    """Whether the panel comes to say one of these; questions of long windows are asked a while later."""
    try:
        wall.shows(",".join(f'[data-panel="{key}"][data-state="{state}"]' for state in states), BACK_WITHIN)
    except AssertionError:
        return False
    return True


def messages(city: City, root: str) -> list[tuple[str, str, int, bool]]:
    """Every device spoke an hour ago for the last time; every market and service speaks now."""
    now = datetime.now(UTC)
    found: list[tuple[str, dict[str, Any]]] = []
    for device in city.devices.values():
        values = {kind: KINDS[kind].example for kind in device.kinds}
        found.append((f"readings/{device.key}", {"observed_at": (now - SILENCE).isoformat(), "values": values}))
    for market in city.markets:
        prices = [{"commodity": c.key, "price": 13_000, "unit": c.unit} for c in city.commodities.values()]
        found.append((f"prices/{market}", {"observed_at": now.isoformat(), "prices": prices}))
    for service in city.services.values():
        for number, category in enumerate(service.categories.values()):
            body = {"case_id": f"BARU-{number}", "status": next(iter(service.statuses)), "at": now.isoformat(),
                    "category": category.key, "agency": category.agency,
                    "subdistrict": next(iter(city.subdistricts))}  # fmt: skip
            found.append((f"cases/{service.key}", body))
    return [(f"{root}/{topic}", json.dumps(body), 1, False) for topic, body in found]


# A stream that never opens, and what the room says of itself, with the banner then, from the page's first moment on.
_UNHEARD = """
window.EventSource = class { addEventListener() {} close() {} };
window.said = [];
document.addEventListener('DOMContentLoaded', () => {
  const tell = () => {
    const state = document.getElementById('room').dataset.why || '', banner = document.getElementById('banner');
    if (!window.said.length || window.said.at(-1).state !== state)
      window.said.push({ state, banner: banner.innerText, at: performance.now() });
  };
  new MutationObserver(tell).observe(document.getElementById('room'), { attributes: true });
  tell();
});
"""


def test_a_page_that_only_opens_is_not_cut_off_and_one_that_never_hears_is(
    browser: Browser, running_room: Room
) -> None:
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="id-ID")
    try:
        page.add_init_script(_UNHEARD)
        page.goto(f"{running_room.url}/wall/overview")
        page.wait_for_selector('#room[data-why="silent"]', timeout=BACK_WITHIN)
        said = page.evaluate("window.said")
        assert [each["state"] for each in said] == ["", "silent"]
        assert said[0]["banner"] == ""
        assert said[1]["at"] - said[0]["at"] > 3_000  # as long as a heartbeat may be missed
        expect(page.locator("#banner")).to_contain_text("Terputus dari server")
    finally:
        page.close()
