"""The virtual city's flood, faster than it was, and an ear that hears what is published beside the room."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from data.records import Message
from ingest.delivery import Delivery
from ingest.sorting import Sorter
from sensors.city import load_city
from sensors.codecs import codec_of
from sensors.reading import Reading
from tests.room import ROOT, Room

# The scenario's own hour is 06:00 of a day before which it had not rained for days; the world starts 1.6 hours earlier.
CITY = ("--scenario", "flood", "--start-at", "2026-07-03T04:24:00+07:00", "--lead-hours", "1.6")
RATE = ("--rate", "60")


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

    def readings(self) -> list[Reading]:
        """All readings, as each payload's own codec tells them."""
        return [
            each
            for device, payload in self.of("readings")
            for each in codec_of(payload).decode(payload, device, datetime.now(UTC)).readings
        ]

    def counts(self) -> dict[str, int]:
        """How many different readings, prices and changes of cases were published, by the table that holds them."""
        readings = {(each.device, each.kind, each.observed_at) for each in self.readings()}
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
def flooded(room: Room, speed: int = 60, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """The flood so many times as fast, until enough of it was seen; `settings` replace LIVEROOM_ ones of the room."""
    command = [sys.executable, "-m", "sensors.virtual_city", *CITY, *RATE, "--speed", str(speed)]
    told = {**room.environment, **{f"LIVEROOM_{name.upper()}": value for name, value in settings.items()}}
    city = subprocess.Popen(command, cwd=ROOT, env=told, stderr=subprocess.PIPE, text=True)
    try:
        yield city
    finally:
        city.kill()
        city.communicate()
