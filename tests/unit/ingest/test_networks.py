"""Messages of other networks: which device and which kind they mean, and what is told of a device nobody described."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from data.records import Message
from ingest.delivery import Delivery
from ingest.fields import KEY
from ingest.networks import key_of
from ingest.sorting import Sorter
from sensors.city import City
from sensors.codecs import NETWORKS
from sensors.pack.networks import Meaning, NetworkWords

NOW = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
EUI = "a840419edb62011c"
UP = f"application/1/device/{EUI}/event/up"


@pytest.fixture
def described(city: City) -> City:
    fields = {
        ("chirpstack", "LHT65", "TempC"): Meaning("temperature", 1.0),
        ("chirpstack", "", "level_m"): Meaning("water_level", 100.0),
        ("esphome", "", "temperature"): Meaning("temperature", 1.0),
    }
    return replace(city, networks=NetworkWords(fields, {("chirpstack", EUI): "air-cikokol"}))


def take(city: City, topic: str, payload: object) -> Message:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Sorter(city).take_apart(Delivery(topic, body, len(body), NOW, False, 1, 1, 0))


def uplink(**values: object) -> dict[str, Any]:
    info = {"devEui": EUI, "deviceProfileName": "LHT65", "deviceName": "lantai 2"}
    return {"time": "2026-11-22T00:20:00+00:00", "deviceInfo": info, "fCnt": 7, "object": values}


def test_a_field_becomes_its_kind_of_the_device_the_pack_names(described: City) -> None:
    found = take(described, UP, uplink(TempC="24.5", level_m=1.25, BatV=3.2))
    assert [(each.device, each.kind, each.value) for each in found.readings] == [
        ("air-cikokol", "temperature", 24.5),
        ("air-cikokol", "water_level", 125.0),
    ]
    (sighting,) = found.sightings
    assert (sighting.unmapped, sighting.counter, sighting.profile) == (("BatV",), 7, "LHT65")
    assert (found.stream, found.rejections) == ("readings", ())


def test_a_field_with_a_kinds_own_name_needs_no_line_and_another_profiles_line_does_not_hold(described: City) -> None:
    found = take(described, UP, uplink(pm25=12.0) | {"deviceInfo": {"devEui": EUI, "deviceProfileName": "X"}})
    assert [(each.kind, each.value) for each in found.readings] == [("pm25", 12.0)]
    other = take(described, UP, uplink(TempC=1) | {"deviceInfo": {"devEui": EUI, "deviceProfileName": "X"}})
    assert (other.readings, other.sightings[0].unmapped) == ((), ("TempC",))


def test_values_out_of_range_or_of_long_ago_are_refused_by_name(described: City) -> None:
    assert [each.reason for each in take(described, UP, uplink(TempC=999)).rejections] == ["out-of-range"]
    old = uplink(TempC=20) | {"time": (NOW - timedelta(days=described.retention_days + 1)).isoformat()}
    assert [each.reason for each in take(described, UP, old).rejections] == ["too-old"]


def test_a_device_nobody_named_is_taken_under_a_key_of_its_own(described: City) -> None:
    found = take(described, "pompa-3/sensor/temperature/state", b"27.4")
    assert [each.device for each in found.readings] == ["esphome-pompa-3"]


def test_a_network_the_pack_does_not_name_is_not_listened_to(described: City) -> None:
    assert take(described, "tele/x/LWT", b"Online").rejections[0].reason == "unknown-topic"


@pytest.mark.parametrize("topic", ["tangerang", "tangerang/status", "tangerang/sensor/temperature/state"])
def test_the_rooms_own_root_belongs_to_no_network(described: City, topic: str) -> None:
    assert take(described, topic, b"27.4").rejections[0].reason == "unknown-topic"


@pytest.mark.parametrize("address", ["a/b/c", "A1", "ä", "", "x" * 200, "-", "a b", "\ud800"])
def test_every_address_has_a_key_of_its_own(address: str) -> None:
    key = key_of("sparkplug", address)
    assert KEY.fullmatch(key)
    assert key != key_of("sparkplug", address + "x")
    assert key_of("sparkplug", "a-b-c") != key_of("sparkplug", "a/b/c")


def test_there_are_networks() -> None:
    assert set(NETWORKS) >= {"chirpstack", "sparkplug", "tasmota", "esphome"}
