"""ESPHome's states."""

from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.codecs import NETWORKS, CodecError
from sensors.telemetry import Field, Heard, Telemetry
from tests.noise import MODEST, check, payloads, topics

NOW = datetime(2026, 11, 21, 0, 0, 30, tzinfo=UTC)
STATE = "taman-1/sensor/temperature/state"
DECODER = NETWORKS["esphome"].open_decoder(ZoneInfo("Asia/Jakarta"))


def decode(payload: bytes, topic: str = STATE) -> Heard:
    return DECODER.decode(topic.split("/"), payload, NOW)


def reason_of(payload: bytes, topic: str = STATE) -> str:
    with pytest.raises(CodecError) as caught:
        decode(payload, topic)
    return caught.value.reason


@pytest.mark.parametrize("payload", [b"23.4", b"-0.5", b"0", b"1e3", b" 23.4\n"])  # the first: domain facts, section 9
def test_a_state_is_one_value_as_given_and_as_old_as_its_arrival(payload: bytes) -> None:
    fields = (Field("temperature", payload.decode(), NOW),)
    assert decode(payload) == Heard((Telemetry("taman-1", fields=fields),))


@pytest.mark.parametrize("payload", [b"nan", b"NAN", b"NaN", b"None", b"unknown", b"unavailable", b"", b" "])
def test_a_sensor_without_a_value_is_skipped_and_its_node_heard(payload: bytes) -> None:
    assert decode(payload) == Heard((Telemetry("taman-1"),), skipped=1)


@pytest.mark.parametrize("payload", [b"23,4", b"inf", b"ON", b"\xff\xfe", b"{}", b"\x00", b"9" * 65, b"9" * 100_000])
def test_what_is_no_number_is_refused(payload: bytes) -> None:
    assert reason_of(payload) == "bad-value"


@pytest.mark.parametrize("word", ["online", "offline"])
def test_a_birth_or_last_will_is_a_status(word: Literal["online", "offline"]) -> None:
    assert decode(word.encode(), "taman-1/status") == Heard((Telemetry("taman-1", status=word),))


@pytest.mark.parametrize("payload", [b"", b"Online", b"1", b"\xff"])
def test_another_status_is_refused(payload: bytes) -> None:
    assert reason_of(payload, "taman-1/status") == "bad-value"


@pytest.mark.parametrize(
    ("topic", "reason"),
    [
        ("/sensor/temperature/state", "bad-id"),
        ("taman-1/sensor//state", "bad-id"),
        ("/status", "bad-id"),
        ("", "bad-id"),
        ("taman-1/switch/relay/state", "unknown-topic"),
        ("taman-1/sensor/temperature/command", "unknown-topic"),
        ("taman-1", "unknown-topic"),
    ],
)
def test_another_topic_is_refused(topic: str, reason: str) -> None:
    assert reason_of(b"23.4", topic) == reason


@MODEST
@given(topic=st.sampled_from([STATE, "taman-1/status"]), payload=payloads([b"23.4", b"-7"]) | st.text().map(str.encode))
def test_whatever_payload_arrives_is_read_or_refused(topic: str, payload: bytes) -> None:
    check(DECODER, topic.split("/"), payload, NOW)


@MODEST
@given(levels=topics([STATE, "taman-1/status"]), payload=st.sampled_from([b"23.4", b"nan", b"online"]))
def test_whatever_topic_arrives_is_read_or_refused(levels: list[str], payload: bytes) -> None:
    check(DECODER, levels, payload, NOW)
