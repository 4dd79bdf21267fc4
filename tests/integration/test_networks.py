"""Devices that speak the words of their own network, through a real broker and a real worker into the store."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from deploy.local.mosquitto import Mosquitto
from sensors.sparkplug_b import new_payload, parse
from tests.batches import ask
from tests.ingesting import Publisher, Worker, publisher, until, worker

pytestmark = pytest.mark.integration
EUI = "a840419edb62011c"
FLOAT = 9
AGO = datetime.now(UTC) - timedelta(minutes=5)


@pytest.fixture
def room(database_url: str, own_broker: Mosquitto) -> Iterator[Worker]:
    with worker(database_url, own_broker.url) as made:
        yield made


@pytest.fixture
def sender(own_broker: Mosquitto, room: Worker) -> Iterator[Publisher]:
    assert not room.ended
    with publisher(own_broker.url) as made:
        yield made


def uplink(frame: int, **values: object) -> dict[str, Any]:
    info = {"devEui": EUI, "deviceProfileName": "Dragino LHT65N", "deviceName": "gudang"}
    at = AGO + timedelta(seconds=frame)
    return {"time": at.isoformat(), "deviceInfo": info, "fCnt": frame, "object": values}


def stored(url: str) -> list[tuple[Any, ...]]:
    return ask(
        url,
        "SELECT d.key, k.key, round(l.value::numeric, 2)::float8 FROM latest_readings l "
        "JOIN devices d ON d.id = l.device_id JOIN kinds k ON k.id = l.kind_id ORDER BY 1, 2",
    )


def test_an_uplink_is_stored_and_its_lost_frames_are_counted_once(database_url: str, sender: Publisher) -> None:
    topic = f"application/1/device/{EUI}/event/up"
    frames = (7, 8, 12, 12, 8, 13)  # 9 to 11 never came; 12 and 8 came twice
    for frame in frames:  # one by one, so that batches differ
        sender.settle([sender.send(topic, uplink(frame, TempC_SHT=20 + frame, Hum_SHT=55, BatV=3.3))])
    sender.settle([sender.send(topic[:-2] + "status", {"deviceInfo": uplink(0)["deviceInfo"], "batteryLevel": 87})])
    device = f"chirpstack-{EUI}"
    until(lambda: ask(database_url, "SELECT 1 FROM network_devices WHERE battery IS NOT NULL"), "the battery")
    assert stored(database_url) == [(device, "humidity", 55.0), (device, "temperature", 33.0)]
    found = ask(database_url, "SELECT profile, label, unmapped, counter, lost, battery FROM network_devices")
    assert found == [("Dragino LHT65N", "gudang", ["BatV"], 13, 3, 87.0)]
    assert ask(database_url, "SELECT count(*) FROM readings") == [(8,)]
    assert ask(database_url, "SELECT count(*) FROM rejected_messages") == [(0,)]


def test_a_counter_that_begins_again_loses_nothing(database_url: str, sender: Publisher) -> None:
    topic = f"application/1/device/{EUI}/event/up"
    for frame in (5_000, 5_001, 0, 1, 3):
        sender.settle([sender.send(topic, uplink(frame, pm25=1))])
    until(lambda: ask(database_url, "SELECT 1 FROM network_devices WHERE counter = 3"), "the last frame")
    assert ask(database_url, "SELECT lost FROM network_devices") == [(1,)]


def test_tasmota_and_esphome_speak_and_go_off_line(database_url: str, sender: Publisher) -> None:
    local = (AGO + timedelta(hours=7)).replace(tzinfo=None, microsecond=0).isoformat()
    sensor = {"Time": local, "SCD40": {"Temperature": 23.8, "Humidity": None, "CarbonDioxide": 618}, "TempUnit": "C"}
    sender.settle(
        [
            sender.send("tele/pompa/SENSOR", sensor),
            sender.send("tele/pompa/LWT", "Offline", retain=True),
            sender.send("gudang/sensor/temperature/state", "27.4"),
            sender.send("gudang/status", "online", retain=True),
        ]
    )
    until(lambda: len(stored(database_url)) == 2, "both readings")
    assert stored(database_url) == [("esphome-gudang", "temperature", 27.4), ("tasmota-pompa", "temperature", 23.8)]
    until(lambda: ask(database_url, "SELECT 1 FROM devices WHERE status = 'online'"), "the word of the node")
    words = dict(ask(database_url, "SELECT key, status FROM devices"))
    assert words == {"esphome-gudang": "online", "tasmota-pompa": "offline"}


def test_data_without_a_birth_are_asked_for_and_understood_afterwards(
    database_url: str, own_broker: Mosquitto, sender: Publisher
) -> None:
    asked = Ear(own_broker.url, "spBv1.0/+/NCMD/+")
    now = int(AGO.timestamp() * 1000)
    data = {"alias": 1, "timestamp": now + 1000, "float_value": 24.5}
    sender.settle([sender.send("spBv1.0/kota/NDATA/pompa", encoded(now, 1, data))])
    until(lambda: asked.heard, "the room to ask for a rebirth")
    (topic, payload) = asked.heard[0]
    assert topic == "spBv1.0/kota/NCMD/pompa"
    assert [metric.name for metric in parse(payload).metrics] == [b"Node Control/Rebirth"]
    born = {"name": b"temperature", "alias": 1, "datatype": FLOAT, "timestamp": now, "float_value": 24.0}
    sender.settle(
        [
            sender.send("spBv1.0/kota/NBIRTH/pompa", encoded(now, 0, born)),
            sender.send("spBv1.0/kota/NDATA/pompa", encoded(now, 1, data)),
        ]
    )
    until(lambda: ask(database_url, "SELECT 1 FROM latest_readings WHERE value = 24.5"), "the value by its alias")
    reasons = [reason for (reason,) in ask(database_url, "SELECT reason FROM rejected_messages")]
    assert reasons == ["unknown-alias"]
    sender.settle([sender.send("spBv1.0/kota/NDEATH/pompa", encoded(now, None))])
    until(lambda: ask(database_url, "SELECT 1 FROM devices WHERE status = 'offline'"), "the node to be off line")
    asked.close()


def encoded(at: int, seq: int | None, *metrics: dict[str, Any]) -> bytes:
    told = {} if seq is None else {"seq": seq}
    return new_payload(timestamp=at, metrics=list(metrics), **told).SerializeToString()


class Ear:
    """Hears what the room sends into a network."""

    def __init__(self, url: str, topic: str) -> None:
        self.heard: list[tuple[str, bytes]] = []
        subscribed = threading.Event()
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = lambda _c, _u, message: self.heard.append((message.topic, bytes(message.payload)))
        self._client.on_subscribe = lambda *_: subscribed.set()
        address = urlsplit(url)
        self._client.connect(address.hostname or "", address.port or 1883)
        self._client.loop_start()
        self._client.subscribe(topic, qos=1)
        assert subscribed.wait(10)

    def close(self) -> None:
        self._client.loop_stop()
        self._client.disconnect()
