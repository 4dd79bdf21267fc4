"""A flood at sixty times its speed: the wall tells it in the order in which it happens, and nothing of it is lost.

The world starts on a dry morning of the dry season, whatever the clock says, so that every run plays the same story.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Browser, Page

from data.records import Message
from ingest.delivery import Delivery
from ingest.sorting import Sorter
from sensors.city import load_city
from sensors.codecs import codec_of
from tests.browser.conftest import watched
from tests.ingesting import count, until
from tests.room import ROOT, Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
# The scenario's own hour is 06:00 of a day before which it had not rained for days; the world starts 1.6 hours earlier.
CITY = ("--scenario", "flood", "--start-at", "2026-07-03T04:24:00+07:00", "--lead-hours", "1.6", "--speed", "60")
RATE = ("--rate", "60")
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


class Ear:
    """Hears what is published beside the room, each message once."""

    def __init__(self, url: str) -> None:
        self.heard: set[tuple[str, bytes]] = set()
        self._sorter = Sorter(load_city("tangerang"))
        self._subscribed = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_connect = lambda client, *_: client.subscribe("tangerang/#", 1)
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.on_message = self._on_message
        host, port = url.removeprefix("mqtt://").rsplit(":", 1)
        self._client.connect(host, int(port))
        self._client.loop_start()
        assert self._subscribed.wait(30)

    def of(self, family: str) -> list[tuple[str, bytes]]:
        """The messages of one topic family: the topic's last word and the payload."""
        messages = self.heard.copy()
        return [(topic.rsplit("/", 1)[1], payload) for topic, payload in messages if f"tangerang/{family}/" in topic]

    def counts(self) -> dict[str, int]:
        """How many different readings, prices and changes of cases were published, by the table that holds them."""
        readings = {
            (each.device, each.kind, each.observed_at)
            for device, payload in self.of("readings")
            for each in codec_of(payload).decode(payload, device, datetime.now(UTC)).readings
        }
        prices = [(market, json.loads(payload)) for market, payload in self.of("prices")]
        cases = [(service, json.loads(payload)) for service, payload in self.of("cases")]
        told = [self._taken_apart(channel, payload) for channel, payload in self.of("bulletins")]
        return {
            "readings": len(readings),
            "prices": len(
                {(market, row["commodity"], d["observed_at"]) for market, d in prices for row in d["prices"]}
            ),
            "case_events": len({(service, c["case_id"], c["at"], c["status"]) for service, c in cases}),
            "cases": len({(service, c["case_id"]) for service, c in cases}),
            "bulletins": len({(each.channel, each.id) for message in told for each in message.bulletins}),
            "forecasts": len({(f.subdistrict, f.valid_at) for message in told for f in message.forecasts}),
            "quakes": len({each.id for message in told for each in message.quakes}),
            "rejected_messages": 0,
        }

    def _taken_apart(self, channel: str, payload: bytes) -> Message:
        topic = f"tangerang/bulletins/{channel}"
        delivery = Delivery(topic, payload, len(payload), datetime.now(UTC), False, mid=0, qos=1, generation=0)
        return self._sorter.take_apart(delivery)

    def close(self) -> None:
        """Stop listening."""
        self._client.disconnect()
        self._client.loop_stop()

    def _on_message(self, _: Client, __: object, message: MQTTMessage) -> None:
        self.heard.add((message.topic, message.payload))


@contextmanager
def flooded(room: Room) -> Iterator[subprocess.Popen[str]]:
    """The flood, until the test has seen enough of it."""
    command = [sys.executable, "-m", "sensors.virtual_city", *CITY, *RATE]
    city = subprocess.Popen(command, cwd=ROOT, env=dict(room.environment), stderr=subprocess.PIPE, text=True)
    try:
        yield city
    finally:
        city.kill()
        city.communicate()


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
