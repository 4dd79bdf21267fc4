"""What every codec must do, whatever its format: tested the moment its file exists."""

import json
import random
from datetime import UTC, datetime

import pytest

from sensors.codecs import CODECS, CodecError, Decoded, codec_of
from sensors.kinds import KINDS

NOW = datetime(2026, 11, 21, 0, 0, 30, tzinfo=UTC)
REAL_PAYLOADS = (  # as field devices and services send them: domain facts, section 9
    bytes.fromhex(
        "83a5006b74656d706572617475726502fb403c19999999999a016343656c21666169722d313a221a6b00df00"
        "a4006868756d6964697479021847063a6b00df040163255248a200646f70656e04f5"
    ),
    b'{"observed_at":"2026-11-21T07:00:00+07:00","values":{"pm25":40.2,"pm10":61,"rain":null,"noise":"63.4 "}}',
    (
        b'[{"bn":"air-1:","bt":1.276020076001e+09,"bu":"Cel","bver":5,"n":"temperature","u":"Cel","v":28.1},'
        b'{"n":"humidity","u":"%RH","t":-5,"v":71.2},{"n":"label","vs":"x"}]'
    ),
    (
        b'[{"bn":"urn:dev:ow:10e2073a0108006:","bt":1.276020076001e+09,"bu":"A","bver":5,"n":"voltage","u":"V","v":120.1},'
        b'{"n":"current","t":-5,"v":1.2}]'
    ),
    (
        b'{"deduplicationId":"80166477","time":"2026-08-27T14:39:44.530852140+00:00","deviceInfo":{"deviceName":"sensor0",'
        b'"devEui":"a840419edb62011c","tags":{}},"fCnt":0,"data":"zOEJqQHEAQj1f/8=","object":{"TempC_SHT":24.73}}'
    ),
    b'{"Time":"2023-05-28T20:04:27","SCD40":{"CarbonDioxide":618,"Temperature":23.8},"TempUnit":"C"}',
    b'{"timestamp":1486144502122,"metrics":[{"name":"DATA/Speed","alias":1,"dataType":"integer","value":12}],"seq":2}',
    b'{"id_stasiun":"KABUPATEN_BADUNG","waktu":"2026-09-29 01:00:00","lat":"-8.6039","a_pm25":"7.36"}',
    b'{"gaugeid":"TMA00001","observations":[{"f1":"2016-12-09T04:00:00+00:00","f2":30,"f3":4,"f4":"SIAGA IV "}]}',
    b'{"stationID":"TX001","observationTime":"2025-11-23T11:04:55+07:00","temperature":{"value":"28.50"}}',
    b"TX001|28.5|65.2|1013.25|5.2|100|800",
    b"23.4",
    b"online",
)
HOSTILE = (
    b"", b" ", b"\x00", b"\xff\xfe", b"null", b"true", b'"x"', b"0", b"[]", b"{}", b"[[]]", b"[null]", b"[{}]",
    b"[" * 100_000, b'{"a":' * 100_000, b'{"observed_at":NaN,"values":{"pm25":1}}', b'{"observed_at":1,"values":[]}',
    b'{"observed_at":true,"values":{"pm25":1}}', b'{"observed_at":1e400,"values":{"pm25":1}}',
    b'{"observed_at":"0001-01-01T00:00:00+14:00","values":{"pm25":1}}', b'[{"n":"pm25","v":1,"t":-1e300}]',
    b'[{"bt":1e300,"n":"pm25","v":1}]',
    b'[{"bn":5,"n":"pm25","v":1}]', b'[{"n":{},"v":1}]',
    b'[{"n":"pm25","u":[],"v":1}]',
    b'{"observed_at":1,"values":{"pm25":' + b"9" * 5000 + b"}}", b'{"observed_at":1,"values":{"\\ud800":1}}',
)  # fmt: skip


def test_the_registry_is_not_empty() -> None:
    assert {"plain", "senml"} <= set(CODECS)


def test_an_array_is_senml_and_everything_else_must_be_plain() -> None:
    assert codec_of(b' \n[{"n":"pm25"}]').name == "senml"
    assert codec_of(b'{"values":{}}').name == "plain"
    assert codec_of(b"").name == "plain"


@pytest.mark.parametrize("name", CODECS)
@pytest.mark.parametrize("payload", REAL_PAYLOADS + HOSTILE, ids=lambda payload: repr(payload[:24]))
def test_a_codec_decodes_or_says_why_not(name: str, payload: bytes) -> None:
    assert _outcome(name, payload) in {"decoded", "refused"}


@pytest.mark.parametrize("name", CODECS)
def test_a_codec_survives_noise_and_mutations(name: str) -> None:
    chance = random.Random(20261121)
    seen = {_outcome(name, chance.randbytes(chance.randrange(200))) for _ in range(500)}
    for _ in range(4000):
        seen.add(_outcome(name, _mutated(chance.choice(REAL_PAYLOADS), chance)))
    assert seen == {"decoded", "refused"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_from_the_contracts_formats(kind: str) -> None:
    example = KINDS[kind].example
    plain = json.dumps({"observed_at": NOW.isoformat(), "values": {kind: example}}).encode()
    senml = json.dumps([{"n": kind, "t": NOW.timestamp(), "u": KINDS[kind].senml_units[0], "v": example}]).encode()
    for payload in (plain, senml):
        decoded = codec_of(payload).decode(payload, "air-1", NOW)
        assert [(r.device, r.kind, r.observed_at, r.value) for r in decoded.readings] == [("air-1", kind, NOW, example)]
        assert decoded.refused == ()


def _outcome(name: str, payload: bytes) -> str:
    try:
        decoded = CODECS[name].decode(payload, "air-1", NOW)
    except CodecError as error:
        _check_line(error.reason, error.detail)
        return "refused"
    assert isinstance(decoded, Decoded)
    for refusal in decoded.refused:
        _check_line(refusal.reason, refusal.detail)
    for reading in decoded.readings:
        assert KINDS[reading.kind].accepts(reading.value)
        assert reading.observed_at.tzinfo is UTC
    return "decoded"


def _check_line(reason: str, detail: str) -> None:
    assert reason.replace("-", "").isalpha()
    assert detail.isprintable()
    assert len(detail.encode()) < 500
    assert "found" in detail
    assert "expected" in detail


def _mutated(payload: bytes, chance: random.Random) -> bytes:
    changed = bytearray(payload)
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(changed))
        action = chance.randrange(4)
        if action == 0:
            changed[place] = chance.randrange(256)
        elif action == 1:
            del changed[place : place + chance.randrange(1, 8)]
        elif action == 2:
            changed[place:place] = chance.choice((b"null", b"-", b"1e999", b'"', b"{", b"]", b"NaN", b"0" * 30))
        else:
            other = chance.choice(REAL_PAYLOADS)
            changed[place:place] = other[: chance.randrange(len(other))]
        changed = changed or bytearray(b"x")
    return bytes(changed)
