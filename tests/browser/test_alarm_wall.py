"""An alarm that nobody has acknowledged takes the wall over, whole on every screen, and gives it back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from layouts.screen import Screen
from tests.alarming import acknowledge, begin_engine, ended, gauges, quick_pack, raised
from tests.browser.conftest import BACK_WITHIN, Wall, watched
from tests.looking import settled
from tests.pack import CITY
from tests.room import Room

pytestmark = pytest.mark.browser

SECONDS = 6
UP, DOWN = "#takeover[data-alarm]", "#takeover[hidden]:not([data-alarm])"
GAUGES = gauges(CITY)
TURNING = "/wall?scenes=sungai,skor"
# A minute is skipped, not waited for: what asks for the time afterwards is told another one.
SKIPPING = """
  const real = performance.now.bind(performance); window.skipped = 0; performance.now = () => real() + window.skipped;
  const slow = setTimeout; window.long = [];
  window.setTimeout = (call, ms, ...rest) => {
    if (ms > 30000) window.long.push({ call, ms });
    return slow(call, ms, ...rest);
  };
"""


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    """A room of its own, with an engine: alarms would take over the walls of the other tests."""
    with tempfile.TemporaryDirectory(prefix="pack-") as folder:
        pack = quick_pack(Path(folder), SECONDS)
        with Room.start(virtual_city="0", city=str(pack)) as made:
            begin_engine(made)
            yield made


@pytest.fixture(autouse=True)
def quiet(room: Room) -> Iterator[None]:
    """Each test begins without an alarm."""
    yield
    ended(room.postgres.url)
    acknowledge(room.postgres.url)


def step(page: Page) -> str:
    key: str = page.evaluate("window.liveroomStage.steps[window.liveroomStage.at].scene.key")
    return key


def level(wall: Wall, device: str, value: float) -> None:
    body = {"observed_at": datetime.now(UTC).isoformat(), "values": {"water_level": value}}
    wall.publish(f"readings/{device}", body)


def test_a_reading_at_siaga_1_takes_the_wall_over_and_who_acknowledges_gives_it_back(
    browser: Browser, room: Room
) -> None:
    gauge = GAUGES[0]
    assert gauge.ladder
    high = max(each.threshold for each in gauge.ladder.steps) + 1
    with watched(browser, room, TURNING) as wall:
        wall.page.keyboard.press("ArrowRight")
        assert wall.page.locator(DOWN).count() == 1
        level(wall, gauge.key, high)
        wall.shows(UP)
        wall.shows("#takeover .up .figure")
        said, rule = wall.text(".takeover-card.up"), CITY.alarm_rules["siaga-1"]
        for words in (rule.title, f"{high:.0f}", "batas", gauge.name, "BPBD", rule.action, "belum diterima", "contoh"):
            assert words in said
        assert "Alarm tinggi".upper() in said.upper()
        assert wall.page.get_by_role("alertdialog", name=rule.title).is_visible()
        wall.shows("#takeover:focus")
        assert wall.page.locator("#clock-time").is_visible()
        acknowledge(room.postgres.url)
        wall.shows(DOWN)
        assert step(wall.page) == "skor"
        assert wall.page.locator("[data-grave]").count() == 1  # it stands: the wall neither dims nor reloads
        wall.page.keyboard.press("ArrowRight")
        assert step(wall.page) == "sungai"
        assert rule.title in wall.text('[data-panel="alarms"] .alarm-row')
        assert wall.complaints == []
        level(wall, gauge.key, 0)
        wall.shows("#takeover-cards:not([data-grave])")


def test_after_its_time_it_gives_the_wall_back_and_does_not_come_again(browser: Browser, room: Room) -> None:
    with watched(browser, room, TURNING) as wall:
        shown = step(wall.page)
        alarm = raised(room.postgres.url, CITY, GAUGES[1])
        wall.shows(f'#takeover[data-alarm="{alarm}"]')
        wall.page.keyboard.press("ArrowRight")  # what is not seen does not turn
        wall.shows(DOWN)
        assert step(wall.page) == shown
        assert wall.page.locator(f'[data-card="{alarm}"]').count() == 1
        wall.page.evaluate("document.getElementById('takeover-cards').append(document.createElement('i'))")
        assert wall.page.locator(DOWN).count() == 1


def test_a_second_one_waits_for_its_minute(browser: Browser, room: Room) -> None:
    with watched(browser, room, "/wall/sungai", script=SKIPPING) as wall:
        far = next(gauge for gauge in GAUGES if gauge.district != GAUGES[2].district)  # in a flood one for a kecamatan
        first, second = (raised(room.postgres.url, CITY, gauge) for gauge in (GAUGES[2], far))
        wall.shows(f'#takeover[data-alarm="{first}"]')
        wall.shows(f'[data-card="{second}"]')
        assert "+1 alarm lain" in wall.text(".takeover-card.up")
        acknowledge(room.postgres.url, first)
        wall.shows(DOWN)
        assert wall.page.evaluate("window.long.length") > 0
        wall.page.evaluate("window.skipped += 60000; window.long.at(-1).call()")
        wall.shows(f'#takeover[data-alarm="{second}"]')


@pytest.mark.parametrize("leave", ["Escape", "click"])
def test_people_in_the_room_give_it_back(leave: str, browser: Browser, room: Room) -> None:
    with watched(browser, room, "/wall/sungai") as wall:
        raised(room.postgres.url, CITY, GAUGES[4])
        wall.shows(UP)
        if leave == "click":
            wall.page.locator("#takeover").click()
        else:
            wall.page.keyboard.press(leave)
        assert wall.page.locator(DOWN).count() == 1
        assert not wall.page.evaluate("document.querySelector('main').inert")


def test_what_is_over_takes_no_wall_and_gives_one_back(browser: Browser, room: Room) -> None:
    late = raised(room.postgres.url, CITY, GAUGES[5])
    ended(room.postgres.url, late)
    medium = raised(room.postgres.url, CITY, GAUGES[5], "siaga-2")
    with watched(browser, room, "/wall/sungai") as wall:
        alarm = raised(room.postgres.url, CITY, GAUGES[6])
        wall.shows(f'#takeover[data-alarm="{alarm}"]')
        assert wall.page.locator(f'[data-card="{late}"], [data-card="{medium}"]').count() == 0
        ended(room.postgres.url, alarm)
        wall.shows(DOWN)


def test_a_server_that_is_away_freezes_no_wall(browser: Browser, room: Room) -> None:
    with watched(browser, room, "/wall/sungai") as wall:
        raised(room.postgres.url, CITY, GAUGES[7])
        wall.shows(UP)
        room.kill("dashboard")
        try:
            wall.shows('#room[data-room="stale"]')
            assert "Terputus" in wall.text("#banner")
            wall.shows(DOWN)
        finally:
            room.begin("dashboard")
            room.wait_ready()
        wall.shows('#room[data-room="live"]', BACK_WITHIN)


@pytest.mark.parametrize("path", ["/", "/pimpinan"])
def test_no_desk_is_taken_over(path: str, browser: Browser, room: Room) -> None:
    raised(room.postgres.url, CITY, GAUGES[8])
    with watched(browser, room, path) as wall:
        assert wall.page.locator("#takeover, [data-card]").count() == 0


@pytest.mark.parametrize(
    ("width", "height", "screen"),
    [
        (1920, 1080, None),
        (1080, 1920, None),
        (3840, 2160, None),
        (1366, 768, None),
        (1920, 1080, Screen(8, 55, 2, 2)),
        (1920, 1080, Screen(10, 98)),
        (1920, 1080, Screen(10, 55)),
    ],
    ids=str,
)
@pytest.mark.parametrize("place", [True, False])
def test_it_is_whole_and_large_on_every_screen(
    width: int, height: int, screen: Screen | None, place: bool, browser: Browser, room: Room
) -> None:
    gauge = max(GAUGES, key=lambda each: len(each.name))
    beyond = {} if place else {"lat": None, "lon": None, "district": None}
    raised(room.postgres.url, CITY, gauge, **beyond)
    raised(room.postgres.url, CITY, GAUGES[9], "siaga-2")
    said = (
        f"?distance={screen.distance}&diagonal={screen.diagonal}&tiles={screen.across}x{screen.down}" if screen else ""
    )
    with watched(browser, room, f"/wall/sungai{said}", width, height) as wall:
        wall.shows(UP)
        wall.page.wait_for_timeout(1_000)  # it has arrived at the place
        wall.page.evaluate("document.querySelector('main').style.display = 'none'")  # what is beneath has its own tests
        assert settled(wall.page) == []
        sizes = wall.page.evaluate(
            """() => [...document.querySelectorAll('.up *')].filter((each) => each.getClientRects().length
                 && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
                 .map((each) => parseFloat(getComputedStyle(each).fontSize))"""
        )
        assert min(sizes) >= (screen.least_px if screen else 15 * min(width, height) / 1080)
        for part in (".title", ".figure", ".place"):
            assert wall.page.locator(f".takeover-card.up {part}").is_visible()
        assert wall.page.locator(".takeover-card.up .takeover-map").count() == int(place)
