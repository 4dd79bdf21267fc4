"""What stood on the walls is recorded while things happen, and seen again at the same moments: the same, to the word.

The walls are recorded by a server that has just asked everything: on one that runs on, a panel whose question may wait
(`Question.every`, at most a minute) shows for that long what was true a little before.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from urllib.parse import urlencode

import pytest
from paho.mqtt import publish
from playwright.sync_api import Browser, Page

from tests.browser.conftest import BACK_WITHIN, every_case
from tests.browser.test_replay import SHOWN, TOLD
from tests.pack import CITY
from tests.room import ROOT, Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

GAUGES = [device.key for device in CITY.devices.values() if device.ladder]
PAGES = ("/wall", "/", "/pimpinan", "/alarm", "/wilayah", "/sungai/" + GAUGES[0], "/data")
"""`/wall` holds every panel of every wall."""
LATE_IN_A_MINUTE = 48
ENGINE_TAKES = 8.0  # seconds in which the engine has judged what came, and fresh processes have beaten
# Every panel's words and marks. Ages count on by the second: their times stand in the marks. What is new since the last
# visit is a matter of the desk that looks.
PANELS = """(pulses) => {
  const found = {};
  for (const panel of document.querySelectorAll('[data-panel]')) {
    const copy = panel.cloneNode(true);
    for (const each of copy.querySelectorAll('.age, time.ago')) each.textContent = '';
    for (const each of copy.querySelectorAll('form[method="post"], .visit')) each.remove();
    if (pulses.includes(panel.dataset.panel)) copy.removeAttribute('data-observed-at');
    const names = ['data-observed-at', 'data-at', 'data-value', 'src'];
    const marks = [copy, ...copy.querySelectorAll('*')].flatMap((each) => names.map((name) => each.getAttribute(name)));
    found[panel.dataset.panel] = [copy.textContent, ...marks.filter(Boolean)];
  }
  return found;
}"""
NOT_THE_SAME: Mapping[str, str] = {
    "feeds": "its counters are kept every ten seconds (docs/decisions/0010)",
    "streams": "its counters are kept every ten seconds",
    "workers": "who beats, and how long ago, is kept every thirty seconds",
}
PULSES = ("alarms", "takeover", "alarm_list", "alarm_help")
"""As old as the engine's last beat: asked for every ten seconds on a wall, and kept every thirty for the past."""
Panels = dict[str, list[str]]


@pytest.fixture
def room() -> Iterator[Room]:
    """A room of its own, with an engine."""
    with Room.start(virtual_city="0") as made:
        made.begin("alarms")
        yield made


def level(at: datetime, value: float) -> dict[str, object]:
    return {"observed_at": at.isoformat(), "values": {"water_level": value}}


def told(room: Room, messages: list[tuple[str, object]]) -> None:
    host, port = room.mqtt_url.removeprefix("mqtt://").split(":")
    listed = [(f"{room.topic_root}/{topic}", json.dumps(body), 1, False) for topic, body in messages]
    publish.multiple(listed, hostname=host, port=int(port))


def everybody_speaks(room: Room) -> None:
    command = [sys.executable, "-m", "sensors.virtual_city", "--once"]
    subprocess.run(command, cwd=ROOT, env=dict(room.environment), check=True, capture_output=True)
    host, port = room.mqtt_url.removeprefix("mqtt://").split(":")
    publish.multiple(list(every_case(room.topic_root)), hostname=host, port=int(port))


def rivers_rise_and_cases_move(room: Room) -> None:
    now = datetime.now(UTC)
    ladders = {device.key: device.ladder for device in CITY.devices.values() if device.ladder}
    high = {key: max(step.threshold for step in ladders[key].steps) + 20 for key in GAUGES[:3]}
    case = {"case_id": "SEMUA-0", "status": "proses", "at": now.isoformat(),
            "category": next(iter(CITY.services["laksa"].categories))}  # fmt: skip
    bulletin = {"id": "r-1", "title": "Hujan lebat", "body": "-", "issued_at": now.isoformat(), "severity": "siaga",
                "expires_at": (now + timedelta(hours=1)).isoformat(), "areas": ["36.71.04"]}  # fmt: skip
    told(
        room,
        [
            *((f"readings/{key}", level(now, value)) for key, value in high.items()),
            # what comes late belongs to the past as it is known from now on, and not before
            (f"readings/{GAUGES[4]}", level(now - timedelta(minutes=50), 77)),
            ("cases/laksa", case), ("bulletins/bmkg", bulletin),
        ],
    )  # fmt: skip


def rivers_fall_and_prices_come(room: Room) -> None:
    now = datetime.now(UTC)
    levels = [(f"readings/{key}", level(now, 31)) for key in GAUGES[:3]]
    market = next(iter(CITY.markets))
    item = {"commodity": "beras-medium", "price": 14950, "unit": "kg"}
    told(room, [*levels, (f"prices/{market}", {"observed_at": now.isoformat(), "prices": [item]})])


ACTS: tuple[Callable[[Room], None], ...] = (
    everybody_speaks, rivers_rise_and_cases_move, rivers_fall_and_prices_come
)  # fmt: skip


def look(page: Page, address: str) -> tuple[datetime, Panels]:
    """Open a page; return the moment that it shows and what its panels say."""
    page.goto(address)
    page.wait_for_selector(TOLD, state="attached", timeout=BACK_WITHIN)
    page.wait_for_selector(
        "#room:not(:has([data-panel]:not([data-late-after])))", state="attached", timeout=BACK_WITHIN
    )
    page.wait_for_timeout(1_500)
    at: str = page.evaluate(SHOWN)
    return datetime.fromisoformat(at).replace(microsecond=0), page.evaluate(PANELS, PULSES)


def record(room: Room, page: Page) -> dict[str, tuple[datetime, Panels]]:
    """Every page, by a server that has just been started."""
    room.kill("dashboard")
    room.begin("dashboard")
    room.wait_ready()
    found = {}
    for path in PAGES:
        if datetime.now(UTC).second > LATE_IN_A_MINUTE:  # some curves say the minute of `now`
            page.wait_for_timeout((61 - LATE_IN_A_MINUTE) * 1000)
        found[path] = look(page, room.url + path)
    return found


def differing(was: Panels, seen: Panels) -> Iterator[str]:
    """What is not the same, panel by panel, but for the first differing piece."""
    for key in was.keys() - NOT_THE_SAME.keys():
        if seen.get(key) != was[key]:
            pieces = zip_longest(was[key], seen.get(key, ()))
            yield f"{key}: {next((then, now) for then, now in pieces if then != now)}"


def test_the_past_shows_what_stood_on_the_walls_then(browser: Browser, room: Room) -> None:
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="id-ID")
    recorded = []
    for act in ACTS:
        act(room)
        page.wait_for_timeout(ENGINE_TAKES * 1000)
        recorded.append(record(room, page))
    wrong: list[str] = []
    for act, pages in zip(ACTS, recorded, strict=True):
        for path, (at, was) in pages.items():
            moment, seen = look(page, f"{room.url}{path}?{urlencode({'at': at.isoformat(), 'speed': 0})}")
            assert moment == at
            wrong += [f"after {act.__name__}, {path}, {each}" for each in differing(was, seen)]
    page.close()
    assert wrong == [], f"{len(wrong)} differ:\n" + "\n".join(wrong)
    first, last = recorded[0]["/wall"][1], recorded[-1]["/wall"][1]
    assert len(first) > 40
    assert sum(first[key] != last[key] for key in first) > 5, "nothing has happened in between"
