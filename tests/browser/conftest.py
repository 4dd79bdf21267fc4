"""A running room and an open wall, for the tests that look at the page as people do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from paho.mqtt import publish
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from sensors.city import load_city
from tests.raising import forget_alarms, raise_alarm, raise_many
from tests.room import CHROMIUM, FLAGS, ROOT, Room

SHOWN_WITHIN = 10_000  # ms; how long a test waits before it calls a page dead
expect.set_options(timeout=SHOWN_WITHIN)
TOLD_WITHIN = 5_000
"""What is wrong is said within this."""
BACK_WITHIN = 30_000
AWAY_MS = 60_000
"""How long a part of the room stays away in the tests of the minute: longer than any patience of a page."""


@pytest.fixture(scope="session")
def running_room() -> Iterator[Room]:
    """Database, broker, ingest and dashboard as real processes. A test that breaks one brings it back."""
    with Room.start(virtual_city="0") as room:
        yield room


@dataclass
class Wall:
    """An open page, what it complained of and whom it asked."""

    page: Page
    room: Room
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def publish(self, topic: str, body: object) -> None:
        """Send one message as a device would."""
        host, port = self.room.mqtt_url.removeprefix("mqtt://").split(":")
        full = f"{self.room.topic_root}/{topic}"
        publish.single(full, json.dumps(body), qos=1, hostname=host, port=int(port))

    def shows(self, selector: str, within: float = SHOWN_WITHIN) -> None:
        """Wait until the page has such an element (it need not be in sight)."""
        try:
            self.page.wait_for_selector(selector, state="attached", timeout=within)
        except PlaywrightError as error:
            logs = "".join(f"\n--- {name}\n{self.room.log(name)[-1500:]}" for name in ("ingest", "dashboard"))
            raise AssertionError(f"{error}\n{self.complaints}{logs}") from error

    def text(self, selector: str) -> str:
        """What the first such element says."""
        return self.page.locator(selector).first.inner_text()


# Not for the whole run: while it lives, its event loop runs in this thread and no other test could start one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of tests; every wall is a window of its own, without memory of the others."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@contextmanager
def watched(
    browser: Browser, room: Room, path: str = "/", width: int = 1920, height: int = 1080, script: str = ""
) -> Iterator[Wall]:
    """An open wall that remembers its complaints and the hosts it asks; `script` runs in it before anything else."""
    page = browser.new_page(viewport={"width": width, "height": height}, locale="id-ID")
    if script:
        page.add_init_script(script)
    wall = Wall(page, room)
    page.on("console", lambda said: wall.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wall.complaints.append(str(error)))
    page.on("request", lambda asked: wall.hosts.add(asked.url.split("/")[2]) if "://" in asked.url else None)
    try:
        page.goto(room.url + path)
        wall.shows('#room[data-room="live"]', BACK_WITHIN)
        yield wall
    finally:
        page.close()


@pytest.fixture(scope="session")
def whole_city(running_room: Room) -> Room:
    """A room in which every device and market of the pack has spoken."""
    command = [sys.executable, "-m", "sensors.virtual_city", "--once"]
    subprocess.run(command, cwd=ROOT, env=dict(running_room.environment), check=True, capture_output=True)
    host, port = running_room.mqtt_url.removeprefix("mqtt://").split(":")
    publish.multiple(list(every_case(running_room.topic_root)), hostname=host, port=int(port))
    raise_alarms(running_room.postgres.url)
    return running_room


def raise_alarms(url: str) -> None:
    """Alarms of every priority and no others; the high one, the first there is, is over: it takes no wall over."""
    now = datetime.now(UTC)
    gauge = next(device.key for device in load_city("tangerang").devices.values() if device.ladder)
    forget_alarms(url)
    raise_alarm(url, "siaga-1", gauge, now - timedelta(minutes=5), ended_at=now)
    raise_alarm(url, "siaga-2", gauge, now)
    raise_many(url, 5, now)


def every_case(root: str) -> Iterator[tuple[str, str, int, bool]]:
    """An open case of every category of every service: words of every length are on the wall."""
    city, at = load_city("tangerang"), datetime.now(UTC).isoformat()
    places = list(city.subdistricts)
    for service in city.services.values():
        status = next(iter(service.statuses))
        for number, category in enumerate(service.categories.values()):
            body = {"case_id": f"SEMUA-{number}", "status": status, "at": at, "category": category.key,
                    "subdistrict": places[-1 - number], "agency": category.agency}  # fmt: skip
            yield f"{root}/cases/{service.key}", json.dumps(body), 1, False


@pytest.fixture
def wall(browser: Browser, running_room: Room) -> Iterator[Wall]:
    """The overview of the running room."""
    with watched(browser, running_room) as opened:
        yield opened
