"""A running room and an open wall, for the tests that look at the page as people do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from paho.mqtt import publish
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.room import CHROMIUM, FLAGS, Room

SHOWN_WITHIN = 10_000  # ms; how long a test waits before it calls a page dead
BACK_WITHIN = 30_000


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


@pytest.fixture
def wall(browser: Browser, running_room: Room) -> Iterator[Wall]:
    """The overview of the running room."""
    with watched(browser, running_room) as opened:
        yield opened
