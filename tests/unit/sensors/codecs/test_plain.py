"""The plain format of the contract."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from sensors.codecs import CODECS, CodecError, Decoded, Refusal
from sensors.kinds import KINDS

NOW = datetime(2026, 11, 21, 0, 0, 30, tzinfo=UTC)
SEVEN = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


def decode(values: object, observed_at: object = "2026-11-21T07:00:00+07:00") -> Decoded:
    payload = json.dumps({"observed_at": observed_at, "values": values}).encode()
    return CODECS["plain"].decode(payload, "air-1", NOW)


def reason_of(payload: bytes) -> str:
    with pytest.raises(CodecError) as caught:
        CODECS["plain"].decode(payload, "air-1", NOW)
    return caught.value.reason


def test_the_contracts_example() -> None:
    payload = b'{"observed_at":"2026-11-21T07:00:00+07:00","values":{"pm25":40.2,"pm10":61}}'
    decoded = CODECS["plain"].decode(payload, "air-1", NOW)
    assert [(r.device, r.kind, r.observed_at, r.value) for r in decoded.readings] == [
        ("air-1", "pm25", SEVEN, 40.2),
        ("air-1", "pm10", SEVEN, 61.0),
    ]
    assert (decoded.skipped, decoded.refused) == (0, ())


@pytest.mark.parametrize("found", ["40.2", " 40.2 ", "4.02e1", "+40.2", 40.2])
def test_a_number_may_arrive_as_text(found: object) -> None:
    assert decode({"pm25": found}).readings[0].value == 40.2


def test_a_null_is_skipped_and_counted_beside_its_neighbours() -> None:
    decoded = decode({"pm25": None, "pm10": 61, "noise": None})
    assert [reading.kind for reading in decoded.readings] == ["pm10"]
    assert decoded.skipped == 2


@pytest.mark.parametrize(
    "found",
    [
        "NaN",
        "7\x1e",
        "Infinity",
        "-inf",
        "40,2",
        "",
        "1_000",
        "٤٠",
        "0x10",
        True,
        [40],
        {"value": 40},
        "9" * 400,
        10**400,
    ],
)
def test_what_is_no_finite_number_is_refused_by_name(found: object) -> None:
    decoded = decode({"pm25": found, "pm10": 61})
    assert [reading.kind for reading in decoded.readings] == ["pm10"]
    assert [(refusal.reason, refusal.detail[:5]) for refusal in decoded.refused] == [("bad-value", "pm25:")]


def test_an_unknown_kind_is_refused_by_name_and_the_rest_kept() -> None:
    decoded = decode({"pm2": 40.2, "pm10": 61})
    assert [reading.kind for reading in decoded.readings] == ["pm10"]
    assert decoded.refused[0].reason == "unknown-kind"
    assert f"found 'pm2', expected one of {len(KINDS)} known, such as pm25, pm10" in decoded.refused[0].detail


def test_a_value_out_of_range_is_refused_by_name() -> None:
    assert decode({"humidity": 104, "pm10": 61}).refused == (
        Refusal("out-of-range", "humidity: found 104, expected 0 to 100 %"),
    )


@pytest.mark.parametrize(
    "found",
    [
        "2026-11-21T07:00:00+07:00",
        "2026-11-21T00:00:00Z",
        "2026-11-21T00:00:00.000000000+00:00",
        1795219200,
        "1795219200",
    ],
)
def test_a_time_is_rfc_3339_with_an_offset_or_epoch_seconds(found: object) -> None:
    assert decode({"pm25": 1}, found).readings[0].observed_at == SEVEN


@pytest.mark.parametrize(
    "found",
    [
        "2026-11-21T07:00:00",
        "2026-11-21",
        "07:00",
        "",
        None,
        True,
        [],
        "2026-13-01T00:00:00Z",
        1795219200000,
        "now",
        1e300,
    ],
)
def test_any_other_time_is_refused(found: object) -> None:
    assert reason_of(json.dumps({"observed_at": found, "values": {"pm25": 1}}).encode()) == "bad-time"


def test_a_clock_may_run_ten_minutes_ahead_and_no_more() -> None:
    ahead = NOW + timedelta(minutes=10)
    assert decode({"pm25": 1}, ahead.isoformat()).readings[0].observed_at == ahead
    late = (ahead + timedelta(seconds=1)).isoformat()
    assert reason_of(json.dumps({"observed_at": late, "values": {"pm25": 1}}).encode()) == "future-time"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "bad-json"),
        (b"{", "bad-json"),
        (b'{"observed_at":1,"values":{"pm25":NaN}}', "bad-json"),
        (b"\xff\xfe\x00", "bad-json"),
        (b"[1]", "bad-message"),
        (b'{"values":{"pm25":1}}', "bad-time"),
        (b'{"observed_at":1}', "no-values"),
        (b'{"observed_at":1,"values":{}}', "no-values"),
        (b'{"observed_at":1,"values":[1]}', "no-values"),
    ],
)
def test_a_message_not_understood_says_why(payload: bytes, reason: str) -> None:
    assert reason_of(payload) == reason
