"""ChirpStack v4 in JSON."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.codecs import NETWORKS, CodecError
from sensors.telemetry import Field, Heard, Telemetry
from tests.noise import MODEST, check, payloads, topics

NOW = datetime(2026, 11, 21, 0, 0, 30, tzinfo=UTC)
HEARD_AT = datetime(2026, 11, 21, 0, 0, 5, 530852, tzinfo=UTC)
EUI = "a840419edb62011c"
TOPIC = f"application/17c82e96-be03-4f38-aef3-f83d48582d97/device/{EUI}/event/"
INFO: Mapping[str, Any] = {"deviceProfileName": "Dragino LHT65N", "deviceName": "Balai Kota", "devEui": EUI}
UP: Mapping[str, Any] = {"time": "2026-11-21T00:00:05.530852140Z", "deviceInfo": INFO, "fCnt": 257, "object": {"a": 1}}
# Domain facts, section 9: as a server published it.
PUBLISHED = (
    b'{"deduplicationId":"80166477","time":"2026-08-27T14:39:44.530852140+00:00","deviceInfo":{"tenantId":"52f14cd4",'
    b'"applicationName":"senso-test","deviceProfileName":"Dragino LHT65N","deviceName":"sensor0",'
    b'"devEui":"a840419edb62011c","tags":{}},"devAddr":"01087309","adr":true,"dr":0,"fCnt":0,"fPort":2,'
    b'"confirmed":false,"data":"zOEJqQHEAQj1f/8=","object":{"BatV":3.297,"TempC_SHT":24.73,"Hum_SHT":45.2},'
    b'"rxInfo":[{"gatewayId":"2cf7f11081400088","rssi":-102,"snr":-12}],"txInfo":{"frequency":867300000},'
    b'"regionConfigId":"eu868"}'
)
# Made with chirpstack-api 4.20.0: MessageToJson of an integration.UplinkEvent and an integration.StatusEvent.
MADE = (
    b'{"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"2026-11-21T00:00:05.530852140Z","deviceInfo":'
    b'{"tenantId":"52f14cd4-c6f1-4fbd-8f87-4025e1d49242","tenantName":"ChirpStack","applicationId":'
    b'"17c82e96-be03-4f38-aef3-f83d48582d97","applicationName":"air","deviceProfileId":'
    b'"14855bf7-d10d-4aee-b618-ebfcb64dc7ad","deviceProfileName":"Dragino LHT65N","deviceName":"Balai Kota","devEui":'
    b'"a840419edb62011c","tags":{"district":"36.71.01"},"deviceClassEnabled":"CLASS_A"},"devAddr":"01087309","adr":true,'
    b'"dr":5,"fCnt":257,"fPort":2,"data":"zOEJqQHE","object":{"TempC_SHT":24.73,"ext":{"probes":[21.5,null],"model":'
    b'"LHT65N"},"tilted":false,"BatV":3.297,"Hum_SHT":45.0},"rxInfo":[{"gatewayId":"2cf7f11081400088","uplinkId":'
    b'4217106255,"gwTime":"2026-11-21T00:00:05.530852Z","rssi":-102,"snr":-12.0,"channel":2,"metadata":'
    b'{"region_common_name":"AS923_2"},"nsTime":"2026-11-21T00:00:05.571Z","rfChain":0,"board":0,"antenna":0,'
    b'"context":"","crcStatus":"NO_CRC"}],"txInfo":{"frequency":921400000},"regionConfigId":"as923_2",'
    b'"confirmed":false}'
)
MADE_STATUS = (
    b'{"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"2026-11-21T00:00:05.530852140Z","deviceInfo":'
    b'{"tenantId":"52f14cd4-c6f1-4fbd-8f87-4025e1d49242","tenantName":"ChirpStack","applicationId":'
    b'"17c82e96-be03-4f38-aef3-f83d48582d97","applicationName":"air","deviceProfileId":'
    b'"14855bf7-d10d-4aee-b618-ebfcb64dc7ad","deviceProfileName":"Dragino LHT65N","deviceName":"Balai Kota","devEui":'
    b'"a840419edb62011c","tags":{"district":"36.71.01"}},"margin":10,"batteryLevel":86.61}'
)
DECODER = NETWORKS["chirpstack"].open_decoder(ZoneInfo("Asia/Jakarta"))


def decode(payload: bytes | Mapping[str, Any], event: str = "up", topic: str = TOPIC) -> Heard:
    written = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return DECODER.decode(f"{topic}{event}".split("/"), written, NOW)


def only(heard: Heard) -> Telemetry:
    assert (heard.refused, heard.commands) == ((), ())
    (said,) = heard.telemetry
    return said


def refusal(payload: bytes | Mapping[str, Any], event: str = "up", topic: str = TOPIC) -> CodecError:
    with pytest.raises(CodecError) as caught:
        decode(payload, event, topic)
    return caught.value


def test_an_uplink_as_published() -> None:
    at = datetime(2026, 8, 27, 14, 39, 44, 530852, tzinfo=UTC)
    fields = (Field("BatV", 3.297, at), Field("TempC_SHT", 24.73, at), Field("Hum_SHT", 45.2, at))
    assert decode(PUBLISHED) == Heard((Telemetry(EUI, "Dragino LHT65N", "sensor0", fields, counter=0),))


def test_an_uplink_as_the_servers_own_library_makes_it() -> None:
    heard = decode(MADE)
    said = only(heard)
    assert (said.address, said.profile, said.label) == (EUI, "Dragino LHT65N", "Balai Kota")
    assert (said.counter, said.battery, said.status, heard.skipped) == (257, None, None, 1)
    assert said.fields == tuple(
        Field(name, value, HEARD_AT)
        for name, value in (
            ("TempC_SHT", 24.73),
            ("ext.probes.0", 21.5),
            ("tilted", False),
            ("BatV", 3.297),
            ("Hum_SHT", 45.0),
        )
    )


def test_numbers_as_text_pass_as_they_are_and_other_text_is_left_out() -> None:
    heard = decode({**UP, "object": {"a": "24.5 ", "b": "open", "c": None, "d": [{"e": True}]}})
    assert [(field.name, field.value) for field in only(heard).fields] == [("a", "24.5 "), ("d.0.e", True)]
    assert heard.skipped == 1


@pytest.mark.parametrize("changed", [{"object": None}, {"object": {}}])
def test_without_a_decoder_an_uplink_has_no_fields(changed: dict[str, Any]) -> None:
    assert decode({**UP, **changed}) == Heard((Telemetry(EUI, "Dragino LHT65N", "Balai Kota", counter=257),))
    assert only(decode({key: found for key, found in UP.items() if key != "object"})).fields == ()


def test_a_dev_eui_is_one_address_however_it_is_written() -> None:
    upper = {**UP, "deviceInfo": {**INFO, "devEui": EUI.upper()}}
    assert only(decode(upper)).address == EUI
    assert only(decode(UP, topic=TOPIC.replace(EUI, EUI.upper()))).address == EUI


def test_what_a_server_leaves_out_is_empty() -> None:
    said = only(decode({"time": UP["time"], "deviceInfo": {"devEui": EUI}}))
    assert said == Telemetry(EUI)


@pytest.mark.parametrize(
    "rx_info",
    [
        [{"gwTime": "2026-11-21T00:00:05.530852Z", "nsTime": "2026-11-20T00:00:00Z"}],
        [{"nsTime": "2026-11-20T00:00:00Z"}, {"gwTime": "2026-11-21T00:00:05.530852Z"}],
        [{"gwTime": None, "nsTime": "2026-11-21T00:00:05.530852Z"}],
    ],
)
def test_without_a_time_of_its_own_an_uplink_has_a_gateways_or_the_servers(rx_info: list[Any]) -> None:
    assert only(decode({**UP, "time": None, "rxInfo": rx_info})).fields == (Field("a", 1, HEARD_AT),)


@pytest.mark.parametrize("rx_info", [None, [], {}, 5, [None], [{"rssi": -102}]])
def test_an_uplink_without_any_time_is_refused(rx_info: object) -> None:
    assert refusal({**UP, "time": None, "rxInfo": rx_info}).reason == "bad-time"


@pytest.mark.parametrize("found", ["2026-11-21T00:00:05", "yesterday", "", [], True])
def test_another_time_is_refused(found: object) -> None:
    assert refusal({**UP, "time": found}).reason == "bad-time"


def test_a_clock_may_run_ten_minutes_ahead_and_no_more() -> None:
    ahead = NOW + timedelta(minutes=10)
    assert only(decode({**UP, "time": ahead.isoformat()})).fields[0].observed_at == ahead
    assert refusal({**UP, "time": (ahead + timedelta(seconds=1)).isoformat()}).reason == "future-time"


def test_a_status_has_the_battery_and_no_fields() -> None:
    assert decode(MADE_STATUS, "status") == Heard((Telemetry(EUI, "Dragino LHT65N", "Balai Kota", battery=86.61),))


@pytest.mark.parametrize(
    "changed", [{"batteryLevelUnavailable": True}, {"externalPowerSource": True}, {"batteryLevel": None}]
)
def test_a_battery_may_be_unknown(changed: dict[str, Any]) -> None:
    assert only(decode({"deviceInfo": INFO, "batteryLevel": 0, **changed}, "status")).battery is None


@pytest.mark.parametrize(
    ("found", "reason"), [(100.5, "out-of-range"), (-1, "out-of-range"), ("full", "bad-value"), ([], "bad-value")]
)
def test_a_battery_is_a_percentage(found: object, reason: str) -> None:
    assert refusal({"deviceInfo": INFO, "batteryLevel": found}, "status").reason == reason


def test_a_join_says_the_device_is_there() -> None:
    message = {"time": UP["time"], "deviceInfo": INFO, "devAddr": "01087309"}
    assert decode(message, "join") == Heard((Telemetry(EUI, "Dragino LHT65N", "Balai Kota", status="online"),))


@pytest.mark.parametrize("event", ["log", "ack", "txack", "location", "integration"])
def test_other_events_are_understood_and_hold_nothing_to_keep(event: str) -> None:
    assert decode(b'{"deviceInfo":{}}', event) == Heard()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"deviceInfo": None}, "bad-message"),
        ({"deviceInfo": [INFO]}, "bad-message"),
        ({"deviceInfo": {}}, "bad-message"),
        ({"deviceInfo": {**INFO, "deviceProfileName": 5}}, "bad-message"),
        ({"deviceInfo": {**INFO, "deviceName": None}}, "bad-message"),
        ({"deviceInfo": {**INFO, "devEui": "a840419edb62011d"}}, "other-device"),
        ({"deviceInfo": {**INFO, "devEui": ""}}, "other-device"),
        ({"object": [1]}, "bad-message"),
        ({"object": "24.5"}, "bad-message"),
        ({"object": {"a" * 129: 1}}, "bad-message"),
        ({"fCnt": "257"}, "bad-message"),
        ({"fCnt": True}, "bad-message"),
        ({"fCnt": -1}, "bad-message"),
        ({"fCnt": 2**32}, "bad-message"),
    ],
)
def test_another_shape_is_refused(changed: dict[str, Any], reason: str) -> None:
    assert refusal({**UP, **changed}).reason == reason


def test_version_3_is_refused_by_name() -> None:
    found = refusal(b'{"applicationID":"1","devEUI":"qEBBnttiARw=","rxInfo":[{"loRaSNR":9}],"objectJSON":"{}"}')
    assert str(found) == "bad-message: deviceInfo: found None, expected an object, as of version 4"


@pytest.mark.parametrize("payload", [b"", b"[1]", b"\x0a\x24\x33\x61\x63\x37", b"{", b'{"time":NaN}', b"\xff{}"])
def test_anything_but_a_json_object_is_refused(payload: bytes) -> None:
    assert refusal(payload).reason == "bad-json"


def test_protobuf_is_told_what_to_set() -> None:
    assert "expected a JSON object (json=true in the server's integration.mqtt)" in refusal(b"\n$3ac7e3c4").detail


@pytest.mark.parametrize(
    ("topic", "reason"),
    [
        (f"application/1/device/{EUI}/event/uplink", "unknown-event"),
        (f"application/1/device/{EUI}/event/", "unknown-event"),
        ("application/1/device//event/up", "bad-id"),
        (f"application//device/{EUI}/event/up", "bad-id"),
        (f"application/1/device/{EUI}/command/down", "unknown-topic"),
        ("", "unknown-topic"),
    ],
)
def test_another_topic_is_refused(topic: str, reason: str) -> None:
    assert refusal(UP, "", topic).reason == reason


GENUINE = (PUBLISHED, MADE, MADE_STATUS)


@MODEST
@given(event=st.sampled_from(["up", "up", "status", "join", "log"]), payload=payloads(GENUINE))
def test_whatever_payload_arrives_is_read_or_refused(event: str, payload: bytes) -> None:
    check(DECODER, f"{TOPIC}{event}".split("/"), payload, NOW)


@MODEST
@given(levels=topics([f"{TOPIC}up", f"{TOPIC}join"]), payload=st.sampled_from(GENUINE))
def test_whatever_topic_arrives_is_read_or_refused(levels: list[str], payload: bytes) -> None:
    check(DECODER, levels, payload, NOW)
