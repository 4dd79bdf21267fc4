"""SenML, RFC 8428."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from sensors.codecs import CODECS, CodecError, Decoded

NOW = datetime(2026, 11, 21, 0, 0, 30, tzinfo=UTC)
BASE = 1795219200  # 2026-11-21T00:00:00Z
SEVEN = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


def decode(*records: object, device: str = "air-1") -> Decoded:
    return CODECS["senml"].decode(json.dumps(records).encode(), device, NOW)


def reasons(decoded: Decoded) -> list[str]:
    return [refusal.reason for refusal in decoded.refused]


def test_base_fields_hold_from_their_record_on() -> None:
    decoded = decode(
        {"bn": "urn:dev:air-1:", "bt": BASE, "bu": "Cel", "bver": 5, "n": "temperature", "v": 28.1},
        {"n": "temperature", "t": -60, "v": "27.9 "},
        {"bt": BASE - 3600, "n": "humidity", "u": "%RH", "v": 71},
    )
    assert [(r.kind, r.value, r.observed_at) for r in decoded.readings] == [
        ("temperature", 28.1, SEVEN),
        ("temperature", 27.9, SEVEN - timedelta(minutes=1)),
        ("humidity", 71.0, SEVEN - timedelta(hours=1)),
    ]
    assert decoded.refused == ()


@pytest.mark.parametrize(
    "name", ["pm25", "air-1/pm25", "air-1:pm25", "air-1_pm25", "urn:dev:mac:0024befffe804ff1:pm25", "urn:x.pm25"]
)
def test_the_kind_is_what_follows_the_devices_own_prefix(name: str) -> None:
    assert [reading.kind for reading in decode({"n": name, "v": 1}).readings] == ["pm25"]


def test_a_kind_with_an_underscore_is_not_split() -> None:
    assert [r.kind for r in decode({"n": "gauge-1_water_level", "v": 1}, device="gauge-1").readings] == ["water_level"]


def test_a_second_prefix_is_another_device_and_not_mixed_in() -> None:
    decoded = decode({"bn": "a:", "n": "pm25", "v": 1}, {"bn": "b:", "n": "pm25", "v": 2})
    assert [reading.value for reading in decoded.readings] == [1.0]
    assert reasons(decoded) == ["other-device"]


def test_times_below_two_to_the_28_are_relative_to_the_arrival() -> None:
    decoded = decode({"n": "pm25", "v": 1}, {"n": "pm25", "t": -5, "v": 2}, {"bt": 2**28, "n": "pm25", "v": 3})
    assert [reading.observed_at for reading in decoded.readings] == [
        NOW,
        NOW - timedelta(seconds=5),
        datetime.fromtimestamp(2**28, UTC),
    ]


def test_a_future_record_is_refused_and_the_rest_kept() -> None:
    decoded = decode({"n": "pm25", "t": 601, "v": 1}, {"n": "pm10", "t": 600, "v": 1})
    assert [reading.kind for reading in decoded.readings] == ["pm10"]
    assert reasons(decoded) == ["future-time"]


def test_a_base_value_is_added() -> None:
    decoded = decode({"bv": 100, "n": "water_level", "u": "cm", "v": 79}, {"n": "water_level", "t": -1, "v": None})
    assert [reading.value for reading in decoded.readings] == [179.0]
    assert decoded.skipped == 1


def test_a_unit_that_is_not_the_kinds_is_refused_by_name() -> None:
    decoded = decode({"n": "water_level", "u": "m", "v": 1.79}, {"n": "pm25", "v": 1})
    assert [reading.kind for reading in decoded.readings] == ["pm25"]
    assert decoded.refused[0].detail == "water_level: found 'm', expected cm"


@pytest.mark.parametrize("label", ["vs", "vb", "vd", "s"])
def test_values_that_are_no_numbers_are_refused_by_name(label: str) -> None:
    decoded = decode({"n": "pm25", label: "x"}, {"n": "pm10", "v": 1})
    assert [reading.kind for reading in decoded.readings] == ["pm10"]
    assert reasons(decoded) == ["bad-value"]
    assert label in decoded.refused[0].detail


def test_a_record_without_a_name_or_with_an_unknown_one_is_refused() -> None:
    decoded = decode({"bn": "air-1:", "v": 1}, {"n": "voltage", "v": 1}, {"n": "pm25", "v": 1})
    assert [reading.kind for reading in decoded.readings] == ["pm25"]
    assert reasons(decoded) == ["unknown-kind", "unknown-kind"]
    assert "'air-1:voltage'" in decoded.refused[1].detail


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([], "bad-senml"),
        ([1], "bad-senml"),
        ([{"n": "pm25", "v": 1, "zone_": 1}], "bad-senml"),
        ([{"bver": 11, "n": "pm25", "v": 1}], "bad-senml"),
        ([{"bn": 1, "n": "pm25", "v": 1}], "bad-senml"),
        ([{"bt": "soon", "n": "pm25", "v": 1}], "bad-value"),
        ({"n": "pm25", "v": 1}, "bad-senml"),
    ],
)
def test_a_pack_not_understood_says_why(records: object, reason: str) -> None:
    with pytest.raises(CodecError) as caught:
        CODECS["senml"].decode(json.dumps(records).encode(), "air-1", NOW)
    assert caught.value.reason == reason
