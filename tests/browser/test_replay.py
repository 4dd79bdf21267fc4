"""The past on walls and desks: marked, moved through by hand and key, true to its moment, and left by itself."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BACK_WITHIN, TOLD_WITHIN, Wall, watched
from tests.browser.test_access import violations
from tests.looking import faults
from tests.pack import CITY
from tests.raising import forget_alarms, raise_alarm
from tests.relay import relay
from tests.room import Room

pytestmark = pytest.mark.browser

GAUGE = next(device.key for device in CITY.devices.values() if device.ladder)
LEVEL = f'[data-reading="{GAUGE}/water_level"]'
LIVE = '#room[data-room="live"]'
TOLD = '#room[data-why]:not([data-why="silent"])'
"""Whatever was wrong then, the server tells it."""
MARK = re.compile(r"PUTAR ULANG\s+\d+ \w+ \d\d\.\d\d WIB")
SHOWN = "new Date(window.liveroomLive.now()).toISOString()"
WALL, FINE, DESK, PHONE = (1920, 1080), (3840, 2160), (1366, 768), (390, 844)


@pytest.fixture(scope="module")
def room(running_room: Room) -> Room:
    """A room whose past goes back for days, as far as this file is concerned."""
    with psycopg.connect(running_room.postgres.url, autocommit=True) as session:
        session.execute("UPDATE past.kept SET since = now() - interval '5 days'")
    time.sleep(6)  # so that it was well a few seconds ago
    return running_room


def ago(**span: float) -> datetime:
    return (datetime.now(UTC) - timedelta(**span)).astimezone(CITY.zone).replace(microsecond=0)


def at(moment: datetime, path: str, **also: object) -> str:
    return f"{path}?{urlencode({'at': moment.isoformat(), **also})}"


@contextmanager
def past(browser: Browser, room: Room, address: str, size: tuple[int, int] = DESK) -> Iterator[Wall]:
    """An open page of the past."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="id-ID")
    wall = Wall(page, room)
    page.on("console", lambda said: wall.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wall.complaints.append(str(error)))
    try:
        page.goto(room.url + address)
        wall.shows(TOLD, BACK_WITHIN)
        yield wall
    finally:
        page.close()


def shown(page: Page) -> datetime:
    """The moment that a page shows."""
    found: str = page.evaluate(SHOWN)
    return datetime.fromisoformat(found)


def becomes(page: Page, moment: datetime) -> None:
    """Wait until a page that stands still shows this moment."""
    page.wait_for_function(
        f"() => Math.abs(window.liveroomLive.now() - {moment.timestamp() * 1000}) < 500", timeout=TOLD_WITHIN
    )


# -- the mark ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WALL, FINE, PHONE], ids=str)
@pytest.mark.parametrize("path", ["/wall/sungai", "/wall/overview"])
def test_a_wall_of_the_past_is_marked_and_whole(
    browser: Browser, whole_city: Room, room: Room, path: str, size: tuple[int, int]
) -> None:
    moment = ago(seconds=5)
    with past(browser, room, at(moment, path, speed=0), size) as wall:
        page = wall.page
        expect(page.locator(".past-mark")).to_be_in_viewport(ratio=1)
        assert MARK.search(wall.text(".past-mark"))
        assert MARK.match(page.title())
        assert moment.strftime("%H.%M.%S") in wall.text("#clock-time")
        frame = page.evaluate("getComputedStyle(document.getElementById('room'), '::before').borderImageSource")
        assert "repeating-linear-gradient" in frame
        if size != PHONE:
            page.wait_for_timeout(6_000)  # the bar goes while nobody touches anything
            assert faults(page) == []
        assert wall.complaints == []


def test_a_desk_of_the_past_is_marked_and_leads_back(browser: Browser, room: Room) -> None:
    with past(browser, room, at(ago(minutes=10), "/sungai")) as wall:
        assert MARK.search(wall.text(".past-mark"))
        assert wall.page.locator('form[method="post"]:visible').count() == 0
        wall.page.get_by_role("button", name="Kembali ke sekarang").click()
        wall.shows(LIVE, BACK_WITHIN)
        assert wall.page.url == room.url + "/sungai"
        assert wall.page.locator(".past-mark, #past-bar").count() == 0


def test_one_gets_from_a_live_desk_into_the_past_by_a_date_of_the_city(browser: Browser, room: Room) -> None:
    moment = ago(hours=3).replace(second=0)
    with watched(browser, room, "/?measure=pm25", *DESK) as wall:
        page = wall.page
        page.locator(".past-entry > summary").click()
        page.locator('.past-entry input[type="datetime-local"]').fill(moment.strftime("%Y-%m-%dT%H:%M"))
        page.locator(".past-entry .past-form button").click()
        page.wait_for_url("**at=*")
        wall.shows("#past-bar")
        becomes(page, moment)
        assert "measure=pm25" in page.url
        page.go_back()
        wall.shows(LIVE, BACK_WITHIN)


def test_everyone_can_use_the_past(browser: Browser, whole_city: Room, room: Room) -> None:
    for path, size in (("/wall/sungai", WALL), ("/", DESK), ("/alarm", DESK), ("/alarm", PHONE)):
        with past(browser, room, at(ago(seconds=1), path, speed=0), size) as wall:
            wall.shows("#room:not(:has(.area:empty))")
            assert violations(wall.page) == [], (path, size)
            assert wall.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, size)
            if "wall" not in path:
                wall.page.locator("#theme").click()
                assert violations(wall.page) == [], (path, size, "light")


# -- moving --------------------------------------------------------------------------------------------------


def test_keys_move_through_time_and_the_address_follows(browser: Browser, room: Room) -> None:
    moment, minute = ago(hours=20).replace(second=0), timedelta(minutes=1)
    with past(browser, room, at(moment, "/wall/sungai", speed=0), WALL) as wall:
        page = wall.page
        becomes(page, moment)
        for key, by in (("ArrowLeft", -minute), ("Shift+ArrowRight", 10 * minute), ("ArrowRight", minute)):
            page.keyboard.press(key)
            moment += by
            becomes(page, moment)
            page.wait_for_url(f"**at={moment:%Y-%m-%dT%H}%3A{moment:%M}%3A00%2B07%3A00&speed=0")
        page.keyboard.press("Home")
        page.wait_for_function(f"() => window.liveroomLive.now() < {moment.timestamp() * 1000} - 3600000")
        assert wall.complaints == []


def test_a_desks_keys_are_its_own_until_the_bar_is_reached(browser: Browser, room: Room) -> None:
    moment = ago(hours=20)
    with past(browser, room, at(moment, "/sungai")) as wall:
        becomes(wall.page, moment)
        wall.page.keyboard.press("ArrowLeft")
        wall.page.locator("#past-slider").focus()
        wall.page.keyboard.press("ArrowRight")
        becomes(wall.page, moment + timedelta(minutes=1))


def test_the_numbers_of_two_moments(browser: Browser, room: Room) -> None:
    with watched(browser, room, "/wall/sungai") as wall:
        moments = []
        for level in (151, 152):
            body = {"observed_at": datetime.now(UTC).isoformat(), "values": {"water_level": level}}
            wall.publish(f"readings/{GAUGE}", body)
            wall.shows(f'[data-panel="gauges"] {LEVEL}[data-value="{level}"]')
            wall.page.wait_for_timeout(1_100)
            moments.append(shown(wall.page))
            wall.page.wait_for_timeout(1_100)
    with past(browser, room, at(moments[0], "/wall/sungai", speed=0), WALL) as wall:
        wall.shows(f'[data-panel="gauges"] {LEVEL}[data-value="151"]')
        wall.page.evaluate(f"window.liveroomReplay.go({moments[1].timestamp() * 1000})")
        wall.shows(f'[data-panel="gauges"] {LEVEL}[data-value="152"]')
        wall.page.evaluate(f"window.liveroomReplay.go({moments[0].timestamp() * 1000})")
        wall.shows(f'[data-panel="gauges"] {LEVEL}[data-value="151"]')


def test_alarms_on_the_slider_are_moved_to(browser: Browser, room: Room) -> None:
    raised = ago(hours=2)
    raise_alarm(room.postgres.url, "siaga-1", GAUGE, raised, ended_at=raised + timedelta(minutes=9))
    try:
        with past(browser, room, at(ago(hours=3), "/sungai")) as wall:
            sign = wall.page.locator(f'.past-sign.rank-3[data-at="{raised.timestamp() * 1000:.0f}"]')
            expect(sign).to_have_text("■")
            sign.click()
            becomes(wall.page, raised)
            wall.page.locator("#past-slider").focus()
            wall.page.keyboard.press("ArrowLeft")
            becomes(wall.page, raised - timedelta(minutes=1))
            wall.page.get_by_role("button", name="Alarm berikutnya").click()
            becomes(wall.page, raised)
    finally:
        forget_alarms(room.postgres.url)


def test_at_60_times_the_clock_goes_on_and_the_present_is_live_again(browser: Browser, room: Room) -> None:
    with past(browser, room, at(ago(minutes=10), "/wall/sungai", speed=60), WALL) as wall:
        page = wall.page
        begun = shown(page)
        page.wait_for_function(
            f"() => window.liveroomLive.now() > {begun.timestamp() * 1000} + 120000", timeout=TOLD_WITHIN
        )
        assert wall.page.locator("#past-play-word").text_content() == "Jeda"
        wall.shows(LIVE, BACK_WITHIN)
        assert page.url == room.url + "/wall/sungai"


def test_space_pauses_where_it_is_and_goes_on_as_before(browser: Browser, room: Room) -> None:
    with past(browser, room, at(ago(hours=4), "/wall/sungai", speed=10), WALL) as wall:
        page = wall.page
        page.wait_for_timeout(1_500)
        page.keyboard.press(" ")
        page.wait_for_url("**speed=0")
        page.wait_for_timeout(1_000)
        stands = shown(page)
        page.wait_for_timeout(2_000)
        assert shown(page) == stands
        wall.shows(TOLD)
        page.keyboard.press(" ")
        page.wait_for_url("**speed=10")
        page.wait_for_function(
            f"() => window.liveroomLive.now() > {stands.timestamp() * 1000} + 10000", timeout=TOLD_WITHIN
        )


def test_what_one_follows_is_seen_at_the_same_moment(browser: Browser, room: Room) -> None:
    moment = ago(hours=1)
    with past(browser, room, at(moment, "/")) as wall:
        becomes(wall.page, moment)
        wall.page.get_by_role("link", name="Sungai", exact=True).click()
        wall.page.wait_for_url("**/sungai?at=*")
        wall.shows("#past-bar")
        becomes(wall.page, moment)


def test_the_list_of_cases_is_that_of_the_moment(browser: Browser, whole_city: Room, room: Room) -> None:
    moment = ago(seconds=1)
    with past(browser, room, at(moment, "/aduan")) as wall:
        page = wall.page
        expect(page.locator(".ag-row a").first).to_be_visible(timeout=BACK_WITHIN)
        page.evaluate(f"window.liveroomReplay.go({ago(days=2).timestamp() * 1000})")
        expect(page.locator(".ag-row a")).to_have_count(0, timeout=BACK_WITHIN)
        page.evaluate(f"window.liveroomReplay.go({moment.timestamp() * 1000})")
        page.locator(".ag-row a").first.click(timeout=BACK_WITHIN)
        page.wait_for_url("**/aduan/*/*?at=*")
        wall.shows("#past-bar")
        becomes(page, moment)
        assert wall.complaints == []


# -- by itself -----------------------------------------------------------------------------------------------


def test_a_broken_stream_goes_on_at_the_moment_that_was_reached(browser: Browser, room: Room) -> None:
    with relay(room.port) as network:
        far = replace(room, port=int(network.url.rpartition(":")[2]))
        with past(browser, far, at(ago(hours=5), "/wall/sungai", speed=60), WALL) as wall:
            page = wall.page
            begun = shown(page)
            page.wait_for_timeout(4_000)
            network.cut()
            wall.shows('#room[data-why="silent"]', TOLD_WITHIN + 5_000)
            reached = shown(page)
            assert reached - begun > timedelta(minutes=3)
            network.mend()
            wall.shows(TOLD, BACK_WITHIN)
            assert shown(page) > begun + timedelta(minutes=3)


def test_a_page_that_nobody_touches_is_live_again(browser: Browser, room: Room) -> None:
    with past(browser, room, at(ago(hours=1), "/wall/sungai", speed=0), WALL) as wall:
        wall.page.evaluate("document.getElementById('room').dataset.returnsAfter = 0.05")
        expect(wall.page.locator(".past-told")).to_contain_text("Kembali ke sekarang dalam")
        wall.shows(LIVE, BACK_WITHIN)


def test_no_alarm_of_the_past_takes_a_wall_over_and_no_night_dims_it(browser: Browser, room: Room) -> None:
    raise_alarm(room.postgres.url, "siaga-1", GAUGE, ago(seconds=30))
    time.sleep(1)  # moments are whole seconds
    try:
        with past(browser, room, at(ago(seconds=0), "/wall/sungai", speed=0), WALL) as wall:
            wall.shows("[data-card]")
            wall.page.evaluate("document.getElementById('clock-time').textContent = '23.30'; liveroomKiosk.check()")
            wall.page.wait_for_timeout(2_500)
            assert wall.page.locator("#takeover[hidden]").count() == 1
            assert wall.page.locator("#room.dimmed").count() == 0
    finally:
        forget_alarms(room.postgres.url)
