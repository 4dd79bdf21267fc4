"""The virtual city as a process: it fills the past, lives, says whether it is there, and outlives its broker."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from deploy.local.mosquitto import Mosquitto

pytestmark = pytest.mark.integration
PATIENCE = 30.0  # s
STATUS = "tangerang/devices/virtual-city/status"
Start = Callable[..., "subprocess.Popen[str]"]


class Ear:
    """Hears everything below the city's topic root, and later what it missed while the broker was away."""

    def __init__(self, url: str) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self.qualities: set[int] = set()
        self._more = threading.Condition()
        subscribed = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id="ear", clean_session=False)
        self._client.on_connect = lambda client, *_: client.subscribe("tangerang/#", 1)
        self._client.on_subscribe = lambda *_: subscribed.set()
        self._client.on_message = self._on_message
        self._client.reconnect_delay_set(1, 1)
        host, port = url.removeprefix("mqtt://").rsplit(":", 1)
        self._client.connect(host, int(port))
        self._client.loop_start()
        assert subscribed.wait(PATIENCE)

    def wait(self, until: Callable[[list[tuple[str, bytes]]], bool]) -> None:
        with self._more:
            assert self._more.wait_for(lambda: until(self.heard), PATIENCE), self.heard[-5:]

    def of(self, family: str) -> list[tuple[str, bytes]]:
        return [(topic, payload) for topic, payload in self.heard if topic.startswith(f"tangerang/{family}/")]

    def forget(self) -> None:
        with self._more:
            self.heard.clear()

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _on_message(self, _: Client, __: object, message: MQTTMessage) -> None:
        with self._more:
            self.heard.append((message.topic, message.payload))
            self.qualities.add(message.qos)
            self._more.notify_all()


@pytest.fixture
def ear(own_broker: Mosquitto) -> Iterator[Ear]:
    listener = Ear(own_broker.url)
    yield listener
    listener.close()


@pytest.fixture
def start(own_broker: Mosquitto, tmp_path: Path) -> Iterator[Start]:
    """Start the virtual city with options; ended with the test."""
    begun: list[subprocess.Popen[str]] = []
    environment = {**os.environ, "LIVEROOM_MQTT_URL": own_broker.url, "LIVEROOM_STATE_DIR": str(tmp_path / "state")}

    def begin(*options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "sensors.virtual_city", *options]
        begun.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait(PATIENCE)
        if process.stderr is not None:
            process.stderr.close()


def _statuses(ear: Ear) -> list[bytes]:
    return [payload for topic, payload in ear.heard if topic == STATUS]


def _end(process: subprocess.Popen[str]) -> str:
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return said


def test_once_speaks_for_every_device_and_market(ear: Ear, start: Start) -> None:
    said = _end(start("--once"))
    ear.wait(lambda _: _statuses(ear)[-1:] == [b"offline"])
    assert _statuses(ear) == [b"online", b"offline"]
    assert len({topic for topic, _ in ear.of("readings")}) == len({topic for topic, _ in ear.of("devices")}) - 1
    assert len(ear.of("prices")) >= 5
    assert ear.qualities == {1}
    assert re.search(r"published \d+ messages", said)


def test_the_past_is_filled_once_and_then_only_what_was_missed(ear: Ear, start: Start, tmp_path: Path) -> None:
    _end(start("--backfill-days", "1", "--duration", "1"))
    ear.wait(lambda _: _statuses(ear)[-1:] == [b"offline"])
    assert sum(len(json.loads(p)) for _, p in ear.of("readings") if p.startswith(b"[")) > 80_000
    mornings = {(topic, json.loads(p)["observed_at"][:10]) for topic, p in ear.of("prices")}
    assert len({day for _, day in mornings}) >= 59  # a month is judged, and compared with the one before
    assert len(mornings) == len(ear.of("prices"))  # each only once
    assert len(ear.of("cases")) >= 10
    memory = json.loads((tmp_path / "state" / "virtual-city.json").read_bytes())
    assert memory["until"] - memory["since"] >= 86_400
    ear.forget()
    _end(start("--backfill-days", "1", "--duration", "1"))
    ear.wait(lambda _: _statuses(ear)[-1:] == [b"offline"])
    assert len(ear.of("readings")) < 500
    assert len(ear.of("prices")) <= 2  # unless a market happened to report just then


def test_without_history_nothing_is_remembered(ear: Ear, start: Start, tmp_path: Path) -> None:
    _end(start("--rate", "200", "--duration", "1"))
    assert not (tmp_path / "state").exists()
    ear.wait(lambda _: len(ear.of("readings")) >= 190)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(ear: Ear, start: Start, ending: signal.Signals) -> None:
    process = start("--rate", "50")
    ear.wait(lambda _: len(ear.of("readings")) > 10)
    process.send_signal(ending)
    began = monotonic()
    _end(process)
    assert monotonic() - began < PATIENCE
    ear.wait(lambda _: _statuses(ear) == [b"online", b"offline"])


def test_its_last_will_says_offline_when_it_is_killed(ear: Ear, start: Start) -> None:
    process = start("--rate", "50")
    ear.wait(lambda _: len(ear.of("readings")) > 10)
    process.kill()
    ear.wait(lambda _: _statuses(ear) == [b"online", b"offline"])


def test_it_waits_for_its_broker_and_sends_what_was_due_meanwhile(own_broker: Mosquitto, start: Start) -> None:
    own_broker.stop()
    process = start("--rate", "100")
    assert process.stderr is not None
    assert any("is away" in line for line in iter(process.stderr.readline, ""))
    own_broker.start()
    ear = Ear(own_broker.url)
    try:
        ear.wait(lambda _: len(ear.of("readings")) > 200)
        process.send_signal(signal.SIGTERM)
        _end(process)
    finally:
        ear.close()


def test_a_broker_that_goes_and_comes_loses_no_slot(own_broker: Mosquitto, ear: Ear, start: Start) -> None:
    process = start("--rate", "2000")
    ear.wait(lambda heard: len(heard) > 2000)
    own_broker.stop()
    own_broker.start()
    ear.wait(lambda heard: len(heard) > 8000)
    process.send_signal(signal.SIGTERM)
    said = _end(process)
    ear.wait(lambda heard: heard[-1] == (STATUS, b"offline") and len(heard) > 8000)
    published = re.search(r"published (\d+) messages", said)
    assert published is not None
    told = {message for family in ("readings", "prices", "cases") for message in ear.of(family)}
    assert len(told) == int(published[1])
    assert said.count("is away") == 1
    assert said.count("connected to") == 2


def test_a_bad_option_is_refused_by_name(start: Start) -> None:
    for options, word in (
        (("--rate", "-1"), "above 0"),
        (("--scenario", "tsunami"), "flood"),
        (("--start-at", "2026-08-12"), "offset"),
        (("--lead-hours", "-1"), "0 to"),
        (("--lead-hours", "1", "--backfill-days", "1"), "--start-at"),
    ):
        process = start(*options)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 2
        assert word in said
        assert "Traceback" not in said
