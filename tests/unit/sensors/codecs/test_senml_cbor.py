"""SenML in CBOR, RFC 8428 section 6."""

import json
import math
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.codecs import CODECS, CodecError, Decoded, codec_of
from tests.noise import MODEST

NOW = datetime(2026, 11, 21, 0, 0, 30, tzinfo=UTC)
SEVEN = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
BASE = 1795219200  # SEVEN in seconds of the epoch
RFC = bytes.fromhex(  # the RFC's own example
    "87a721781b75726e3a6465763a6f773a3130653230373361303130383030363a22fb41d303a15b00106223614120050067766f6c7461676501"
    "615602fb405e066666666666a3006763757272656e74062402fb3ff3333333333333a3006763757272656e74062302fb3ff4cccccccccccda3"
    "006763757272656e74062202fb3ff6666666666666a3006763757272656e74062102f93e00a3006763757272656e74062002fb3ff999999999"
    "999aa3006763757272656e74060002fb3ffb333333333333"
)
AS_JSON = [  # the same measurements in its section 5.1.2
    {"bn": "urn:dev:ow:10e2073a0108006:", "bt": 1.276020076001e09, "bu": "A", "bver": 5, "n": "voltage", "u": "V",
     "v": 120.1},
    {"n": "current", "t": -5, "v": 1.2}, {"n": "current", "t": -4, "v": 1.3}, {"n": "current", "t": -3, "v": 1.4},
    {"n": "current", "t": -2, "v": 1.5}, {"n": "current", "t": -1, "v": 1.6}, {"n": "current", "v": 1.7},
]  # fmt: skip
# Made by kpn-senml 1.0.1: 28.1 Cel at BASE, 71 %RH five seconds before the arrival, and a truth value.
KPN = bytes.fromhex(
    "83a5006b74656d706572617475726502fb403c19999999999a016343656c21666169722d313a221a6b00df00a4006868756d69646974790218"
    "47063a6b00df040163255248a200646f70656e04f5"
)


def decode(payload: bytes, device: str = "air-1") -> Decoded:
    return CODECS["senml_cbor"].decode(payload, device, NOW)


def pack(*records: object) -> bytes:
    return cbor2.dumps(records)


def of_value(item: str) -> bytes:
    """A pack of one pm25 whose value is the CBOR in `item`, in hex."""
    return b"\x81\xa2\x00\x64pm25\x02" + bytes.fromhex(item)


def reasons(decoded: Decoded) -> list[str]:
    return [refusal.reason for refusal in decoded.refused]


def refusal(payload: bytes) -> CodecError:
    with pytest.raises(CodecError) as caught:
        decode(payload)
    return caught.value


def test_the_rfcs_example(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = SimpleNamespace(unit="", low=-math.inf, high=math.inf, senml_units=("V", "A"))
    for module in ("senml", "sieve"):
        monkeypatch.setattr(f"sensors.{module}.KINDS", {"voltage": kind, "current": kind})  # neither is one of ours
    decoded = decode(RFC)
    at = datetime.fromtimestamp(1276020076.001, UTC)
    assert [(r.kind, r.value, r.observed_at) for r in decoded.readings] == [
        ("voltage", 120.1, at),
        *(
            ("current", value, at - timedelta(seconds=before))
            for value, before in ((1.2, 5), (1.3, 4), (1.4, 3), (1.5, 2), (1.6, 1), (1.7, 0))
        ),
    ]
    assert (decoded.skipped, decoded.refused) == (0, ())
    assert decoded == CODECS["senml"].decode(json.dumps(AS_JSON).encode(), "air-1", NOW)


def test_the_rfcs_example_names_what_no_kind_of_ours_is() -> None:
    decoded = decode(RFC)
    assert (decoded.readings, reasons(decoded)) == ((), ["unknown-kind"] * 7)
    assert "'urn:dev:ow:10e2073a0108006:voltage'" in decoded.refused[0].detail


def test_a_pack_of_another_implementation() -> None:
    decoded = decode(KPN)
    assert [(r.kind, r.value, r.observed_at) for r in decoded.readings] == [
        ("temperature", 28.1, SEVEN),
        ("humidity", 71.0, NOW - timedelta(seconds=5)),
    ]
    assert decoded.refused[0].detail == "'air-1:open': found vb True, expected a number in v"


def test_every_label_has_its_number() -> None:
    text = {
        "bver": 5,
        "bn": "air-1:",
        "bt": BASE,
        "bu": "ug/m3",
        "bv": 100,
        "bs": 1,
        "n": "pm25",
        "v": 2.5,
        "t": -1,
        "ut": 9,
    }
    labels = dict(zip(("bver", "bn", "bt", "bu", "bv", "bs"), range(-1, -7, -1), strict=True))
    labels |= dict(zip(("n", "u", "v", "vs", "vb", "s", "t", "ut", "vd"), range(9), strict=True))
    others = [{"n": "pm10", "u": "ug/m3", label: "x"} for label in ("vs", "vb", "s", "vd")]
    numbered = [{labels[label]: found for label, found in record.items()} for record in (text, *others)]
    decoded = decode(pack(*numbered))
    assert [(r.kind, r.value, r.observed_at) for r in decoded.readings] == [
        ("pm25", 102.5, SEVEN - timedelta(seconds=1))
    ]
    found = [f"'pm10': found {label} 'x', expected a number in v" for label in ("vs", "vb", "s", "vd")]
    assert [each.detail.replace("air-1:", "") for each in decoded.refused] == found
    assert decode(pack(text, *others)) == decoded  # some say them as texts


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("18fa", 250.0),
        ("f95ca0", 296.0),
        ("fa41200000", 10.0),
        ("fb4044199999999999", 40.199999999999996),
        ("c48220190193", 40.3),  # 403 x 10**-1
        ("c482011863", 990.0),
        ("c4823b7fffffffffffffff01", 0.0),
        ("6434302e32", 40.2),
    ],
)
def test_a_number_is_an_integer_a_float_or_a_decimal_fraction(item: str, expected: float) -> None:
    assert [reading.value for reading in decode(of_value(item)).readings] == [expected]


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ("f97e00", "nan"),
        ("f97c00", "inf"),
        ("fbfff0000000000000", "-inf"),
        ("c4821b7fffffffffffffff01", "inf"),
        ("f5", "True"),
        ("f7", "undefined"),
        ("e0", "CBORSimpleValue(0)"),
        ("80", "an array of 0"),
        ("41ff", r"b'\xff'"),
    ],
)
def test_a_value_that_is_no_number_is_refused_by_name(item: str, found: str) -> None:
    decoded = decode(of_value(item))
    assert (decoded.readings, decoded.skipped) == ((), 0)
    assert decoded.refused[0].detail == f"pm25: found {found}, expected a finite number"


def test_nulls_are_counted() -> None:
    assert decode(of_value("f6")) == Decoded((), 1, ())


def test_arrays_maps_and_texts_may_leave_their_length_open() -> None:
    payload = bytes.fromhex("9fbf007f62706d623235ff0201ffbf007f62706d623130ff0202ffff")
    assert [(r.kind, r.value) for r in decode(payload).readings] == [("pm25", 1.0), ("pm10", 2.0)]
    assert codec_of(payload).name == "senml_cbor"


def test_what_an_extension_says_is_not_looked_at() -> None:
    decoded = decode(pack({0: "pm25", 2: 1, "seen": {"by": [1, {}]}, 9: None, 2**64 - 1: 1}))
    assert [reading.value for reading in decoded.readings] == [1.0]
    assert decoded.refused == ()


@pytest.mark.parametrize(
    ("payload", "reason", "detail"),
    [
        (b"", "bad-cbor", "premature end of stream"),
        (b"\x81", "bad-cbor", "premature end of stream"),
        (b"\x9f", "bad-cbor", "premature end of stream"),
        (b"\x9b" + b"\xff" * 8, "bad-cbor", "premature end of stream"),
        (RFC[:-1], "bad-cbor", "premature end of stream"),
        (b"\x9c", "bad-cbor", "unknown unsigned integer subtype"),
        (RFC + b"\x00", "bad-cbor", r"found b'\x00' after the array, expected its end"),
        (RFC + RFC, "bad-cbor", "after the array, expected its end"),
        (b"\x81\xa2\x02\x01\x02\x02", "bad-cbor", "Duplicate map key"),
        (b"\x81" * 100 + b"\x00", "bad-cbor", "maximum container nesting depth"),
        (b"\x81\xa1\x00\x61\xff", "bad-cbor", "'utf-8' codec can't decode"),
        (bytes(2**20 + 1), "bad-cbor", "found 1048577 bytes, expected at most 1048576"),
        (of_value("c249" + "ff" * 9), "bad-cbor", "found tag 2, expected 4"),
        (of_value("c48200c249" + "ff" * 9), "bad-cbor", "found tag 2, expected 4"),
        (of_value("c582 00 01"), "bad-cbor", "found tag 5, expected 4"),
        (of_value("d823 61 61"), "bad-cbor", "found tag 35, expected 4"),
        (of_value("d90102 80"), "bad-cbor", "found tag 258, expected 4"),
        (of_value("d9ffff 01"), "bad-cbor", "found tag 65535, expected 4"),
        (b"\x81\xd8\x1c\x81\xd8\x1d\x00", "bad-cbor", "found tag 2"),  # an array that holds itself
        (b"\xd9\xd9\xf7" + RFC, "bad-cbor", "found tag 55799, expected 4"),
        (of_value("c482 f5 01"), "bad-cbor", "found tag 4 of an array of 2"),
        (of_value("c482 01 f4"), "bad-cbor", "found tag 4 of an array of 2"),
        (of_value("c482 f93c00 01"), "bad-cbor", "found tag 4 of an array of 2"),
        (of_value("c481 01"), "bad-cbor", "found tag 4 of an array of 1"),
        (of_value("c4 01"), "bad-cbor", "found tag 4 of 1"),
        (b"\x80", "bad-senml", "found an array of 0"),
        (b"\xa0", "bad-senml", "found an object of 0"),
        (b"\x81\x01", "bad-senml", "record: found 1, expected an object"),
        (pack({0: "pm25", 2: 1, "zone_": 1}), "bad-senml", "found a label that must be understood"),
        (pack({0: "pm25", 2: 1, "v": 1}), "bad-senml", "'v': found twice in a record, expected once"),
        (pack({True: "ug/m3", 0: "pm25", 2: 1}), "bad-senml", "label: found True, expected an integer or a text"),
        (pack({0.0: "pm25", 2: 1}), "bad-senml", "label: found 0.0, expected an integer or a text"),
        (pack({(0,): "pm25", 2: 1}), "bad-senml", "expected an integer or a text"),
        (pack({-1: 11, 0: "pm25", 2: 1}), "bad-senml", "bver: found 11"),
        (pack({-2: 1, 0: "pm25", 2: 1}), "bad-senml", "bn: found 1, expected a text"),
        (pack({-3: math.nan, 0: "pm25", 2: 1}), "bad-value", "bt: found nan, expected a finite number"),
    ],
)
def test_a_pack_not_understood_says_why(payload: bytes, reason: str, detail: str) -> None:
    found = refusal(payload)
    assert found.reason == reason
    assert detail in found.detail


def test_a_large_pack_ends_where_it_ends() -> None:
    records = [{0: "pm25", 2: 1, 6: -each} for each in range(5000)]
    assert len(decode(pack(*records)).readings) == 5000
    assert "after the array" in refusal(pack(*records) + b"\xf6").detail


@pytest.mark.timeout(5)
def test_a_number_of_a_million_digits_costs_nothing() -> None:
    digits = (1_000_000).to_bytes(4) + b"\xff" * 1_000_000
    assert "found tag 2" in refusal(of_value("c48200c25a") + digits).detail  # which alone would take minutes


def test_arrays_of_cbor_are_told_by_their_first_byte() -> None:
    assert {codec_of(bytes([first, 0])).name for first in range(0x80, 0xA0)} == {"senml_cbor"}
    assert codec_of(b"\xa0").name == "plain"


def could_mean(found: object) -> Iterator[float]:
    """Every number in an item of CBOR."""
    if isinstance(found, dict):
        for pair in found.items():
            yield from could_mean(pair)
    elif isinstance(found, (list, tuple)):
        for each in found:
            yield from could_mean(each)
    elif isinstance(found, str):
        yield from (float(found) for _ in range(found.replace(".", "").isdecimal()))
    elif isinstance(found, (int, float)):
        yield float(found)


_WORDS = st.sampled_from(["pm25", "pm10", "air-1:", "rain", "ug/m3", "mm", "n", "v", "zone_"])
_VALUES = st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.floats() | _WORDS | st.binary(max_size=4)
_RECORDS = st.dictionaries(st.integers(-7, 9) | _WORDS | st.booleans(), _VALUES, max_size=6)
_GENUINE = (RFC, KPN, of_value("c48220190193"), pack({0: "pm25", 2: 1.5}, {0: "rain", 6: -60, 2: 7}))
_ODD = st.binary(max_size=6) | st.sampled_from([b"\xc4\x82\x20\x05", b"\xff", b"\x9f", b"\xd8\x1c", b"\xf9\x7e\x00"])
_MUTATED = st.builds(
    lambda made, at, gone, put: made[: at % len(made)] + put + made[at % len(made) + gone :],
    st.sampled_from(_GENUINE), st.integers(0), st.integers(0, 9), _ODD,
)  # fmt: skip


@MODEST
@given(
    st.binary(max_size=99)
    | st.binary(max_size=99).map(lambda rest: b"\x82\xa2" + rest)
    | st.lists(_RECORDS | _VALUES, max_size=4).map(cbor2.dumps)
    | _MUTATED
)
def test_whatever_arrives_is_read_or_refused_and_no_value_is_made_up(payload: bytes) -> None:
    try:
        decoded = decode(payload)
    except CodecError as error:
        _check_line(error.reason, error.detail)
        return
    for each in decoded.refused:
        _check_line(each.reason, each.detail)
    assert all(reading.observed_at.tzinfo is UTC for reading in decoded.readings)
    said = cbor2.loads(payload, semantic_decoders={4: lambda pair, _: float(f"{pair[1]}e{pair[0]}")})
    base = {0.0, *could_mean([record.get(label) for record in said for label in (-5, "bv")])}
    meant = {value + added for value in could_mean(said) for added in base}
    assert {reading.value for reading in decoded.readings} <= meant


@MODEST
@given(st.floats(0, 1000), st.integers(0, 1000), st.integers(1, 10**6))
def test_every_form_of_a_number_comes_back(real: float, whole: int, thousandths: int) -> None:
    single = struct.unpack(">f", struct.pack(">f", real))[0]
    fraction = cbor2.CBORTag(4, [-3, thousandths])
    decoded = decode(pack(*({0: "pm25", 2: value, 6: -1} for value in (real, single, whole, fraction))))
    assert [reading.value for reading in decoded.readings] == [real, single, whole, thousandths / 1000]


def _check_line(reason: str, detail: str) -> None:
    assert reason.replace("-", "").isalpha()
    assert detail.isprintable()
    assert len(detail) < 500
    assert "found" in detail
    assert "expected" in detail
