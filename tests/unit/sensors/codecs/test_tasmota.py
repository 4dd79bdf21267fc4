"""Tasmota's telemetry."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.codecs import NETWORKS, CodecError, Refusal
from sensors.telemetry import Field, Heard, Telemetry
from tests.noise import MODEST, check, payloads, topics

NOW = datetime(2026, 11, 21, 0, 0, 30, tzinfo=UTC)
# Domain facts, section 9.
SCD40 = (
    b'{"Time":"2023-05-28T20:04:27","SCD40":{"CarbonDioxide":618,"eCO2":623,"Temperature":23.8,"Humidity":61.1,'
    b'"DewPoint":15.8},"TempUnit":"C"}'
)
STATE = (
    b'{"Time":"2026-11-21T07:00:00","Uptime":"0T01:15:09","UptimeSec":4509,"Heap":25,"SleepMode":"Dynamic","Sleep":50,'
    b'"POWER":"ON","Wifi":{"AP":1,"SSId":"kota","RSSI":82,"Signal":-59}}'
)
JAKARTA = ZoneInfo("Asia/Jakarta")
DECODER = NETWORKS["tasmota"].open_decoder(JAKARTA)


def decode(payload: bytes | dict[str, Any], topic: str = "tele/taman/SENSOR", zone: ZoneInfo = JAKARTA) -> Heard:
    written = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return NETWORKS["tasmota"].open_decoder(zone).decode(topic.split("/"), written, NOW)


def only(heard: Heard) -> Telemetry:
    (said,) = heard.telemetry
    return said


def refusal(payload: bytes | dict[str, Any], topic: str = "tele/taman/SENSOR", zone: ZoneInfo = JAKARTA) -> CodecError:
    with pytest.raises(CodecError) as caught:
        decode(payload, topic, zone)
    return caught.value


def instant(found: object, zone: ZoneInfo = JAKARTA) -> datetime:
    (field,) = only(decode({"Time": found, "ANALOG": {"A0": 542}}, zone=zone)).fields
    return field.observed_at


def test_a_message_as_published() -> None:
    at = datetime(2023, 5, 28, 13, 4, 27, tzinfo=UTC)
    assert decode(SCD40) == Heard(
        (
            Telemetry(
                "taman",
                "SCD40",
                fields=(
                    Field("SCD40.CarbonDioxide", 618, at),
                    Field("SCD40.eCO2", 623, at),
                    Field("SCD40.Temperature", 23.8, at),
                    Field("SCD40.Humidity", 61.1, at),
                    Field("SCD40.DewPoint", 15.8, at),
                ),
            ),
        )
    )


def test_the_profile_names_every_sensor_and_a_switch_is_none() -> None:
    message = {
        "Time": "2026-11-21T07:00:00",
        "Switch1": "ON",
        "PMS5003": {"PM2.5": 40, "PM10": 61},
        "ENERGY": {"TotalStartTime": "2026-01-01T00:00:00", "Power": [5, 7]},
    }
    said = only(decode(message))
    assert said.profile == "PMS5003 ENERGY"
    assert [(field.name, field.value) for field in said.fields] == [
        ("PMS5003.PM2.5", 40),
        ("PMS5003.PM10", 61),
        ("ENERGY.Power.0", 5),
        ("ENERGY.Power.1", 7),
    ]


def test_nulls_are_skipped_and_counted() -> None:
    heard = decode({"Time": "2026-11-21T07:00:00", "AM2301": {"Temperature": None, "Humidity": None}, "BH1750": None})
    assert (only(heard).profile, only(heard).fields, heard.skipped) == ("AM2301", (), 3)


def test_a_local_time_is_of_the_zone_given() -> None:
    assert instant("2026-11-21T07:00:00") == datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
    assert instant("2026-11-20T22:00:00.123", ZoneInfo("UTC")) == datetime(2026, 11, 20, 22, 0, 0, 123000, tzinfo=UTC)


@pytest.mark.parametrize("found", ["2026-11-21T09:00:00+09:00", "2026-11-21T00:00:00Z", 1795219200])
def test_a_time_that_says_where_it_is_of_is_taken_at_its_word(found: object) -> None:
    assert instant(found) == datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert instant("2025-10-26T01:30:00", berlin) == datetime(2025, 10, 25, 23, 30, tzinfo=UTC)
    assert instant("2025-10-26T02:30:00", berlin) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert instant("2025-10-26T03:30:00", berlin) == datetime(2025, 10, 26, 2, 30, tzinfo=UTC)


def test_an_hour_that_is_left_out_is_still_an_instant() -> None:
    assert instant("2026-03-29T02:30:00", ZoneInfo("Europe/Berlin")) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_clock_may_run_ten_minutes_ahead_and_no_more() -> None:
    assert instant("2026-11-21T07:10:30") == NOW + timedelta(minutes=10)
    assert refusal({"Time": "2026-11-21T07:10:31"}).reason == "future-time"
    assert refusal({"Time": "2026-11-21T07:10:31+07:00"}).reason == "future-time"


@pytest.mark.parametrize(
    "found",
    [
        "1970-01-01T00:00:12",
        "2015-12-31T23:59:59Z",
        "2026-13-01T00:00:00",
        "2026-11-21T24:61:00",
        "0001-01-01T00:00:00",
        "20261121T070000",
        "",
        None,
        True,
        {},
    ],
)
def test_another_time_or_a_clock_never_set_is_refused(found: object) -> None:
    assert refusal({"Time": found, "ANALOG": {"A0": 542}}).reason == "bad-time"


def test_a_local_time_beyond_the_calendar_is_refused() -> None:
    assert refusal({"Time": "9999-12-31T23:59:59"}, zone=ZoneInfo("America/New_York")).reason == "bad-time"


def test_values_in_fahrenheit_are_refused_by_name_and_the_rest_kept() -> None:
    heard = decode(SCD40.replace(b'"C"', b'"F"'))
    assert [field.name for field in only(heard).fields] == ["SCD40.CarbonDioxide", "SCD40.eCO2", "SCD40.Humidity"]
    assert heard.refused == (
        Refusal("wrong-unit", "'SCD40.Temperature': found TempUnit 'F', expected C"),
        Refusal("wrong-unit", "'SCD40.DewPoint': found TempUnit 'F', expected C"),
    )


@pytest.mark.parametrize(
    ("key", "right", "wrong", "names"),
    [
        ("TempUnit", "C", "F", ["BME280.Temperature", "BME280.HeatIndex"]),
        ("PressureUnit", "hPa", "mmHg", ["BME280.Pressure", "BME280.SeaPressure"]),
        ("SpeedUnit", "m/s", "km/h", ["BME280.Speed"]),
    ],
)
def test_a_unit_says_what_its_values_are_in(key: str, right: str, wrong: object, names: list[str]) -> None:
    values = {"Temperature": 30.1, "HeatIndex": 34.2, "Pressure": 1009.2, "SeaPressure": 1011.0, "Speed": 2.5, "Gas": 9}
    message = {"Time": "2026-11-21T07:00:00", "BME280": values}
    whole = only(decode(message)).fields
    assert len(whole) == len(values)
    assert only(decode({**message, key: right})).fields == whole
    for found in (wrong, 5, []):
        heard = decode({**message, key: found})
        assert only(heard).fields == tuple(field for field in whole if field.name not in names)
        assert [refused.detail.split(":")[0] for refused in heard.refused] == [f"'{name}'" for name in names]


@pytest.mark.parametrize(("payload", "status"), [(b"Online", "online"), (b"Offline", "offline")])
def test_a_last_will_is_a_status(payload: bytes, status: Literal["online", "offline"]) -> None:
    assert decode(payload, "tele/taman/LWT") == Heard((Telemetry("taman", status=status),))


@pytest.mark.parametrize("payload", [b"", b"online", b"1", b"\xff\xfe", SCD40])
def test_another_last_will_is_refused(payload: bytes) -> None:
    assert refusal(payload, "tele/taman/LWT").reason == "bad-value"


def test_a_state_says_only_that_the_device_was_heard() -> None:
    assert decode(STATE, "tele/taman/STATE") == Heard((Telemetry("taman"),))


@pytest.mark.parametrize("word", ["SENSOR", "STATE"])
@pytest.mark.parametrize(
    ("payload", "reason"),
    [(b"", "bad-json"), (b"\xff", "bad-json"), (b"{", "bad-json"), (b"[1]", "bad-message"), (b"null", "bad-message")],
)
def test_anything_but_an_object_is_refused(word: str, payload: bytes, reason: str) -> None:
    assert refusal(payload, f"tele/taman/{word}").reason == reason


def test_a_message_without_end_is_refused() -> None:
    assert refusal({"Time": "2026-11-21T07:00:00", "x" * 129: 1}).reason == "bad-message"


@pytest.mark.parametrize(
    ("topic", "reason"),
    [
        ("tele//SENSOR", "bad-id"),
        ("tele/taman/RESULT", "unknown-topic"),
        ("stat/taman/SENSOR", "unknown-topic"),
        ("tele/taman", "unknown-topic"),
        ("", "unknown-topic"),
    ],
)
def test_another_topic_is_refused(topic: str, reason: str) -> None:
    assert refusal(SCD40, topic).reason == reason


@MODEST
@given(word=st.sampled_from(["SENSOR", "SENSOR", "LWT", "STATE"]), payload=payloads([SCD40, STATE]))
def test_whatever_payload_arrives_is_read_or_refused(word: str, payload: bytes) -> None:
    check(DECODER, ["tele", "taman", word], payload, NOW)


@MODEST
@given(
    levels=topics(["tele/taman/SENSOR", "tele/taman/LWT", "tele/taman/STATE"]),
    payload=st.sampled_from([SCD40, b"Online"]),
)
def test_whatever_topic_arrives_is_read_or_refused(levels: list[str], payload: bytes) -> None:
    check(DECODER, levels, payload, NOW)
