"""A flood at sixty times its speed: the wall tells it in the order in which it happens, and nothing of it is lost.

The world starts on a dry morning of the dry season, whatever the clock says, so that every run plays the same story.
"""

from __future__ import annotations

import re
import signal
import subprocess

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watched
from tests.flood_city import Ear, flooded
from tests.ingesting import count, until
from tests.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PATIENCE = 400  # s; the story takes 170 s when the machine has time
STORY = ["rain", "upstream", "siaga", "call", "complaint"]
# What each chapter looks like on the wall of rivers; remembered the moment the page first shows it.
_WATCH = """() => {
  const some = (selector, is) => [...document.querySelectorAll(selector)].some(is);
  const raised = (badge) => /rank-[123]/.test(badge.className);
  const number = (figure) => /[1-9]/.test(figure.textContent);
  const upstream = '#gauges-badge-gauge-batu-beulah';
  const chapters = {
    rain: () => some('[id^="rain-hour-"].figure', number),
    upstream: () => some(upstream, raised),
    siaga: () => some(`[id^="gauges-badge-"]:not(${upstream})`, raised),
    call: () => some('[id^="floods-calls-"]', number),
    complaint: () => some('[id^="floods-complaints-"]', number),
  };
  window.story = [];
  const look = () => Object.keys(chapters)
    .filter((name) => !window.story.includes(name) && chapters[name]())
    .forEach((name) => window.story.push(name));
  const all = {subtree: true, childList: true, characterData: true, attributes: true};
  new MutationObserver(look).observe(document.body, all);
  look();
}"""


def told(page: Page, city: subprocess.Popen[str]) -> list[str]:
    """The chapters the page has shown so far, in the order in which it did."""
    assert city.poll() is None
    page.wait_for_timeout(200)  # lets the page live
    story: list[str] = page.evaluate("window.story")
    return story


def test_a_flood_is_told_in_its_order_and_all_of_it_is_kept(browser: Browser) -> None:
    with Room.start(virtual_city="0") as room:
        ear = Ear(room.mqtt_url)
        with watched(browser, room, "/wall/sungai") as wall:
            wall.shows('[data-panel="gauges"]')
            wall.page.evaluate(_WATCH)
            assert wall.page.evaluate("window.story") == []
            with flooded(room) as city:
                until(lambda: len(told(wall.page, city)) == len(STORY), "the whole story", PATIENCE)
                assert told(wall.page, city) == STORY
                city.send_signal(signal.SIGTERM)
                _, said = city.communicate(timeout=60)
            assert wall.complaints == []
        published = re.search(r"published (\d+) messages", said)
        assert published is not None, said
        families = ("readings", "prices", "cases", "bulletins")
        until(lambda: sum(len(ear.of(each)) for each in families) == int(published[1]), "all that was published")
        expected = ear.counts()
        ear.close()
        assert all(expected[table] for table in ("readings", "prices", "cases"))
        until(lambda: count(room.postgres.url, "readings") >= expected["readings"], "the last reading in the store")
        assert {table: count(room.postgres.url, table) for table in expected} == expected
