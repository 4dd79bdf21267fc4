"""Sparkplug B: messages of other implementations, the memory of births, and the asking for what was missed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors import sparkplug_node
from sensors.codecs import NETWORKS, CodecError, sparkplug
from sensors.reading import Refusal
from sensors.sparkplug_b import new_payload, parse
from sensors.telemetry import Command, Decoder, Field, Heard, Telemetry
from tests.noise import MODEST, check, topics

SEVEN = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
NOW = SEVEN + timedelta(seconds=30)
T = 1795219200000  # SEVEN in ms
UNKNOWN, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FLOAT, DOUBLE, BOOLEAN, STRING, DATETIME = range(14)
BYTES = 17

# Made by pysparkplug 0.6.1: a node with the device "d".
NBIRTH = bytes.fromhex(
    "0880b09cdb9f3412120a0562645365711880b09cdb9f342004580712210a144e6f646520436f6e74726f6c2f526562697274681880b09cdb9f"
    "34200b700012310a1850726f706572746965732f4861726477617265204d616b651880b09cdb9f34200c7a0c52617370626572727920506912"
    "320a1950726f706572746965732f4861726477617265204d6f64656c1880b09cdb9f34200c7a0c50692033204d6f64656c204212200a0e5375"
    "70706c7920566f6c7461676510011880b09cdb9f342009659a99414112190a06557074696d6510021880b09cdb9f3420075080d0acf30e1800"
)
DBIRTH = bytes.fromhex(
    "0880b09cdb9f3412160a054c6576656c100a1880b09cdb9f3420025088ff03121d0a05436f756e74100b1880b09cdb9f342008588180808080"
    "8080808001121a0a04466c6f77100c1880b09cdb9f34200a690000000000000a4012130a0450756d70100d1880b09cdb9f34200b700112140a"
    "045472696d100e1880b09cdb9f34200150fb0112190a064f6666736574100f1880b09cdb9f3420035090ddfbff0f121d0a05546f74616c1010"
    "1880b09cdb9f34200458809ce8afedffffffff0112170a0653657269616c10111880b09cdb9f34200c7a02413112190a0553696e6365101218"
    "80b09cdb9f34200d5880b09cdb9f34121d0a05437572766510131880b09cdb9f34201e8201080000803f0000004012130a044761746510141880"
    "b09cdb9f34200338011801"
)
DDATA = bytes.fromhex(
    "0888d79cdb9f34120d100a18a0cf9cdb9f345087ff03120b100d1894d39cdb9f347000120b100c1894d39cdb9f343801121610101880d3c0d9"
    "9f34280158ffffffffffffffffff011802"
)
NDATA = bytes.fromhex("08f0de9cdb9f34121c0a0e537570706c7920566f6c7461676518f0de9cdb9f3465000038411803")
DDEATH = bytes.fromhex("08d8e69cdb9f341804")
NDEATH = bytes.fromhex("0880b09cdb9f3412120a0562645365711880b09cdb9f3420045807")
NCMD = bytes.fromhex("0880b09cdb9f3412210a144e6f646520436f6e74726f6c2f526562697274681880b09cdb9f34200b7001")
# Made by sparkplug-payload 1.0.3 of Eclipse Tahu for JavaScript: signed integers fill the field with their sign,
# UInt32 is in the longer field, "Flow" is of quality 500, "Table" a data set, "Motor" a template.
TAHU = bytes.fromhex(
    "0880b09cdb9f3412150a045472696d1880b09cdb9f34200150fbffffff0f12160a054c6576656c1880b09cdb9f3420025088ffffff0f12170a"
    "064f66667365741880b09cdb9f3420035090ddfbff0f121b0a05546f74616c1880b09cdb9f34200458809ce8afedffffffff0112170a065570"
    "74696d651880b09cdb9f3420075880d0acf30e122a0a04466c6f771880b09cdb9f34200a4a100a075175616c6974791205080318f403690000"
    "000000000a4012290a07566f6c746167651880b09cdb9f3420094a100a075175616c6974791205080318c001659a99414112270a055461626c"
    "651880b09cdb9f3420108a01140801120161180a220b0a0921000000000000f83f12260a054d6f746f721880b09cdb9f3420139201130a0131"
    "12090a0372706d2003500922016d280012110a04476174651880b09cdb9f34200338011802"
)
SHOWN = 12.100000381469727  # 12.1 as a 32-bit float has it


def new_decoder() -> Decoder:
    return NETWORKS["sparkplug"].open_decoder(ZoneInfo("Asia/Jakarta"))


def hear(decoder: Decoder, topic: str, payload: bytes, received_at: datetime = NOW) -> Heard:
    """`topic` is `type/edge[/device]` of the group `g`."""
    return decoder.decode(["spBv1.0", "g", *topic.split("/")], payload, received_at)


def born() -> Decoder:
    decoder = new_decoder()
    hear(decoder, "NBIRTH/e", NBIRTH)
    hear(decoder, "DBIRTH/e/d", DBIRTH)
    return decoder


def metric(name: str | None = None, datatype: int | None = None, alias: int | None = None, **others: object) -> object:
    given = {"name": name and name.encode(), "datatype": datatype, "alias": alias, "timestamp": T, **others}
    return {key: value for key, value in given.items() if value is not None}


def message(seq: int | None, *metrics: object, timestamp: int | None = T) -> bytes:
    given = {"seq": seq, "timestamp": timestamp}
    sent = {key: value for key, value in given.items() if value is not None}
    return new_payload(metrics=list(metrics), **sent).SerializeToString()


def values(heard: Heard) -> dict[str, object]:
    return {field.name: field.value for said in heard.telemetry for field in said.fields}


def reasons(heard: Heard) -> list[str]:
    return [refusal.reason for refusal in heard.refused]


def alone(*metrics: object) -> Heard:
    """What these metrics of a node are heard as when its birth says them."""
    return hear(new_decoder(), "NBIRTH/e", message(0, *metrics))


def test_a_nodes_birth_says_its_make_its_state_and_its_values() -> None:
    heard = hear(new_decoder(), "NBIRTH/e", NBIRTH)
    fields = (Field("Supply Voltage", SHOWN, SEVEN), Field("Uptime", 4_000_000_000, SEVEN))
    assert heard == Heard((Telemetry("g/e", "Raspberry Pi Pi 3 Model B", fields=fields, status="online"),))


def test_a_devices_birth_has_numbers_and_truth_values_only() -> None:
    decoder = new_decoder()
    hear(decoder, "NBIRTH/e", NBIRTH)
    heard = hear(decoder, "DBIRTH/e/d", DBIRTH)
    assert [(said.address, said.profile, said.status) for said in heard.telemetry] == [("g/e/d", "", "online")]
    assert values(heard) == {
        "Level": -120,
        "Count": 2**63 + 1,
        "Flow": 3.25,
        "Pump": True,
        "Trim": -5,
        "Offset": -70_000,
        "Total": -5_000_000_000,
    }
    assert values(heard)["Pump"] is True
    assert (heard.skipped, heard.refused, heard.commands) == (1, (), ())


def test_data_are_named_by_the_births_aliases_and_keep_their_own_times() -> None:
    heard = hear(born(), "DDATA/e/d", DDATA)
    fields = (
        Field("Level", -121, SEVEN + timedelta(seconds=4)),
        Field("Pump", value=False, observed_at=SEVEN + timedelta(seconds=4.5)),
        Field("Total", -1, SEVEN - timedelta(hours=1)),  # sent as historical
    )
    assert heard == Heard((Telemetry("g/e/d", fields=fields),), skipped=1)


def test_data_of_a_node_bear_the_profile_of_its_birth() -> None:
    decoder = born()
    hear(decoder, "DDATA/e/d", DDATA)
    fields = (Field("Supply Voltage", 11.5, SEVEN + timedelta(seconds=6)),)
    assert hear(decoder, "NDATA/e", NDATA) == Heard((Telemetry("g/e", "Raspberry Pi Pi 3 Model B", fields=fields),))


def test_deaths_of_a_device_and_of_a_node_with_all_its_devices() -> None:
    decoder = born()
    for topic, payload in (("DDATA/e/d", DDATA), ("NDATA/e", NDATA)):
        hear(decoder, topic, payload)
    assert hear(decoder, "DDEATH/e/d", DDEATH) == Heard((Telemetry("g/e/d", status="offline"),))
    for seq, device in ((5, "d1"), (6, "d2")):
        assert hear(decoder, f"DBIRTH/e/{device}", message(seq)).commands == ()
    twice = [hear(decoder, "NDEATH/e", NDEATH) for _ in range(2)]
    dead = [("g/e", "offline"), ("g/e/d1", "offline"), ("g/e/d2", "offline")]
    assert [[(said.address, said.status) for said in heard.telemetry] for heard in twice] == [dead, dead]


def test_integers_of_the_reference_implementation_and_what_is_not_good() -> None:
    decoder = born()
    heard = hear(decoder, "DDATA/e/d", TAHU)
    assert values(heard) == {
        "Trim": -5,
        "Level": -120,
        "Offset": -70_000,
        "Total": -5_000_000_000,
        "Uptime": 4_000_000_000,
        "Voltage": SHOWN,
    }
    assert heard.refused == (Refusal("bad-quality", "'Flow': found quality 500, expected 192 (good)"),)
    assert (heard.skipped, heard.commands) == (1, ())


def test_our_own_declaration_has_the_formats_bytes() -> None:
    # The specification's DDEATH, {"timestamp": 1486144502122, "seq": 123}, encoded by hand: 0x08 and 0x18 are fields
    # 1 and 3 as variable integers.
    by_hand = bytes([0x08, 0xEA, 0xF2, 0xF5, 0xA8, 0xA0, 0x2B, 0x18, 123])
    assert message(123, timestamp=1486144502122) == by_hand
    assert (parse(by_hand).timestamp, parse(by_hand).seq) == (1486144502122, 123)
    for made in (NBIRTH, DBIRTH, NDATA, DDEATH, NDEATH, NCMD):  # what is not declared would come last
        assert parse(made).SerializeToString() == made


def test_what_was_missed_is_asked_for_as_another_implementation_asks() -> None:
    heard = hear(new_decoder(), "NDATA/e", NDATA, SEVEN)
    assert heard.commands == (Command("spBv1.0/g/NCMD/e", NCMD),)
    assert values(heard) == {"Supply Voltage": 11.5}


def test_data_before_any_birth_are_refused_by_alias() -> None:
    heard = hear(new_decoder(), "DDATA/e/d", DDATA)
    assert heard.telemetry == (Telemetry("g/e/d"),)
    assert heard.refused[0] == Refusal("unknown-alias", "alias: found 10, expected one that a birth declared")
    assert reasons(heard) == ["unknown-alias"] * 4
    assert len(heard.commands) == 1


def test_a_gap_is_asked_for_and_the_data_taken() -> None:
    decoder = born()
    heard = hear(decoder, "DDATA/e/d", message(3, metric(alias=10, int_value=7)))
    assert (values(heard), len(heard.commands), heard.refused) == ({"Level": 7}, 1, ())
    later = hear(decoder, "DDATA/e/d", message(4, metric(alias=10, int_value=8)), NOW + timedelta(minutes=1))
    assert (values(later), later.commands) == ({"Level": 8}, ())


@pytest.mark.parametrize("topic", ["DBIRTH/e/d", "DDEATH/e/d", "NDATA/e"])
def test_every_message_of_a_node_is_counted(topic: str) -> None:
    decoder = born()
    assert hear(decoder, topic, message(2)).commands == ()
    assert len(hear(decoder, topic, message(4)).commands) == 1


def test_the_count_begins_again_after_255() -> None:
    decoder = new_decoder()
    hear(decoder, "NBIRTH/e", message(254))  # 0 by one chapter of the specification, 0 to 255 by another
    assert all(not hear(decoder, "NDATA/e", message(seq)).commands for seq in (255, 0, 1))
    assert len(hear(decoder, "NDATA/e", message(256)).commands) == 1


def test_a_sequence_left_out_is_a_zero() -> None:
    decoder = new_decoder()
    assert hear(decoder, "NBIRTH/e", message(None)).commands == ()
    assert hear(decoder, "NDATA/e", message(1)).commands == ()


def test_the_same_message_once_more_is_no_gap() -> None:
    decoder = born()
    first = hear(decoder, "DDATA/e/d", DDATA)
    assert hear(decoder, "DDATA/e/d", DDATA) == first
    assert len(hear(decoder, "DDATA/e/d", message(2, timestamp=T + 1)).commands) == 1


def test_a_node_is_asked_once_in_five_seconds() -> None:
    decoder = new_decoder()
    asked = [
        [each.topic for each in hear(decoder, f"NDATA/{edge}", NDATA, NOW + timedelta(seconds=seconds)).commands]
        for seconds, edge in ((0, "e"), (4.9, "e"), (4.9, "f"), (5, "e"), (1, "e"))  # the last: a clock set back
    ]
    assert asked == [["spBv1.0/g/NCMD/e"], [], ["spBv1.0/g/NCMD/f"], ["spBv1.0/g/NCMD/e"], ["spBv1.0/g/NCMD/e"]]


def test_a_birth_does_not_let_a_node_be_asked_sooner() -> None:
    decoder = new_decoder()
    assert hear(decoder, "NDATA/e", message(5)).commands
    hear(decoder, "NBIRTH/e", message(0))
    assert not hear(decoder, "NDATA/e", message(5)).commands


def test_a_device_that_was_not_born_or_has_died_is_asked_for() -> None:
    decoder = born()
    assert hear(decoder, "DDATA/e/other", message(2)).commands
    decoder = born()
    hear(decoder, "DDEATH/e/d", message(2))
    heard = hear(decoder, "DDATA/e/d", message(3, metric(alias=10, int_value=1)))
    assert (reasons(heard), len(heard.commands)) == (["unknown-alias"], 1)


def test_a_device_born_of_a_node_that_was_not_is_taken_and_the_node_asked() -> None:
    decoder = new_decoder()
    heard = hear(decoder, "DBIRTH/e/d", DBIRTH)
    assert (values(heard)["Level"], len(heard.commands)) == (-120, 1)
    assert values(hear(decoder, "DDATA/e/d", DDATA))["Level"] == -121


def test_an_alias_is_looked_up_among_the_devices_own() -> None:
    decoder = born()
    hear(decoder, "DBIRTH/e/d2", message(2, metric("Rain", DOUBLE, 10, double_value=1.0)))
    assert values(hear(decoder, "DDATA/e/d2", message(3, metric(alias=10, double_value=2.0)))) == {"Rain": 2.0}
    assert values(hear(decoder, "DDATA/e/d", message(4, metric(alias=10, int_value=3)))) == {"Level": 3}
    heard = hear(decoder, "NDATA/e", message(5, metric(alias=10, int_value=3)))
    assert (values(heard), reasons(heard), len(heard.commands)) == ({}, ["unknown-alias"], 1)


def test_a_second_birth_replaces_the_first() -> None:
    decoder = born()
    hear(decoder, "DBIRTH/e/d", message(2, metric("Rain", DOUBLE, 10, double_value=1.0)))
    heard = hear(decoder, "DDATA/e/d", message(3, metric(alias=10, double_value=2.0), metric(alias=11, int_value=1)))
    assert (values(heard), reasons(heard)) == ({"Rain": 2.0}, ["unknown-alias"])
    hear(decoder, "NBIRTH/e", NBIRTH)
    assert reasons(hear(decoder, "DDATA/e/d", message(1, metric(alias=10, double_value=2.0)))) == ["unknown-alias"]


def test_the_death_of_an_earlier_session_is_stale() -> None:
    decoder = born()
    stale = message(None, metric("bdSeq", INT64, long_value=6))
    assert hear(decoder, "NDEATH/e", stale) == Heard()
    assert hear(decoder, "DDATA/e/d", DDATA).commands == ()
    assert hear(decoder, "NDEATH/e", message(None)).telemetry[0].status == "offline"  # it does not say of which
    assert hear(decoder, "DDATA/e/d", DDATA).commands


def test_the_death_of_a_node_nobody_knows_is_taken() -> None:
    assert hear(new_decoder(), "NDEATH/e", NDEATH) == Heard((Telemetry("g/e", status="offline"),))


@pytest.mark.parametrize("topic", ["NCMD/e", "DCMD/e/d"])
def test_what_hosts_say_is_not_for_us(topic: str) -> None:
    decoder = born()
    assert hear(decoder, topic, NCMD) == Heard()
    assert hear(decoder, topic, b"\xff") == Heard()
    assert hear(decoder, "DDATA/e/d", DDATA).commands == ()
    assert decoder.decode(["spBv1.0", "STATE", "scada"], b"ONLINE", NOW) == Heard()


@pytest.mark.parametrize(
    ("datatype", "given", "expected"),
    [
        (INT8, {"int_value": 0x7F}, 127),
        (INT8, {"int_value": 0x80}, -128),
        (INT8, {"int_value": 0xFFFFFF80}, -128),
        (INT8, {"long_value": 2**64 - 1}, -1),
        (INT16, {"int_value": 0x8000}, -32768),
        (INT32, {"int_value": 0x80000000}, -(2**31)),
        (INT32, {"long_value": 2**64 - 2**31}, -(2**31)),
        (INT64, {"long_value": 2**63}, -(2**63)),
        (INT64, {"int_value": 5}, 5),
        (UINT8, {"int_value": 255}, 255),
        (UINT16, {"int_value": 65535}, 65535),
        (UINT32, {"long_value": 2**32 - 1}, 2**32 - 1),
        (UINT64, {"long_value": 2**64 - 1}, 2**64 - 1),
        (FLOAT, {"float_value": 0.5}, 0.5),
        (DOUBLE, {"float_value": 0.5}, 0.5),
        (FLOAT, {"double_value": 0.1}, 0.1),
        (BOOLEAN, {"boolean_value": False}, False),
        (UNKNOWN, {"double_value": 0.1}, 0.1),
        (None, {"boolean_value": True}, True),
    ],
)
def test_a_value_is_what_its_datatype_says(
    datatype: int | None, given: dict[str, object], expected: float | bool
) -> None:
    heard = alone(metric("x", datatype, **given))
    assert values(heard) == {"x": expected}
    assert type(values(heard)["x"]) is type(expected)
    assert heard.refused == ()


@pytest.mark.parametrize(
    ("datatype", "given"),
    [
        (INT8, {"int_value": 0x100}),
        (INT8, {"int_value": 0xFFFFFF7F}),
        (INT32, {"long_value": 2**63}),
        (UINT8, {"int_value": 256}),
        (UINT32, {"long_value": 2**32}),
        (INT32, {"double_value": 1.5}),
        (DOUBLE, {"int_value": 1}),
        (BOOLEAN, {"int_value": 1}),
        (INT32, {"string_value": b"1"}),
    ],
)
def test_a_value_that_its_datatype_cannot_have_is_refused(datatype: int, given: dict[str, object]) -> None:
    heard = alone(metric("x", datatype, **given))
    assert (values(heard), reasons(heard)) == ({}, ["bad-value"])
    assert heard.refused[0].detail.endswith(f"expected one of datatype {datatype}")


@pytest.mark.parametrize(
    ("datatype", "given"),
    [
        (STRING, {"string_value": b"12"}),
        (UNKNOWN, {"string_value": b"12"}),
        (DATETIME, {"long_value": T}),
        (BYTES, {"bytes_value": b"12"}),
        (16, {"dataset_value": b"\xff"}),
        (19, {"template_value": b"\xff"}),
        (22, {"bytes_value": b"\x01"}),
        (99, {"int_value": 1}),
    ],
)
def test_what_is_no_number_is_left_out(datatype: int, given: dict[str, object]) -> None:
    assert alone(metric("x", datatype, **given)) == Heard((Telemetry("g/e", status="online"),))


def test_nulls_are_counted() -> None:
    heard = alone(metric("x", INT32, is_null=True), metric("y", DOUBLE), metric("z", INT32, is_null=True, int_value=5))
    assert (values(heard), heard.skipped, heard.refused) == ({}, 3, ())


def test_an_integer_of_a_datatype_nobody_said_is_not_guessed() -> None:
    decoder = born()
    heard = hear(decoder, "DDATA/e/d", message(2, metric("New", int_value=1), metric("Trim", int_value=0xFE)))
    assert values(heard) == {"Trim": -2}
    assert reasons(heard) == ["unknown-type"]
    assert len(heard.commands) == 1


def test_times_fall_back_on_the_messages_and_are_refused_alone() -> None:
    late = T + 11 * 60_000
    payload = message(
        0,
        metric("a", DOUBLE, double_value=1.0, timestamp=T - 1),
        metric("b", DOUBLE, double_value=2.0, timestamp=None),
        metric("c", DOUBLE, double_value=3.0, timestamp=late),
        metric("d", DOUBLE, double_value=4.0, timestamp=2**64 - 1),
    )
    heard = hear(new_decoder(), "NBIRTH/e", payload)
    assert [(field.name, field.observed_at) for field in heard.telemetry[0].fields] == [
        ("a", SEVEN - timedelta(milliseconds=1)),
        ("b", SEVEN),
    ]
    assert reasons(heard) == ["future-time", "bad-time"]
    heard = hear(new_decoder(), "NBIRTH/e", message(0, metric("a", UINT8, int_value=1, timestamp=None), timestamp=None))
    assert heard.refused[0].detail == "'a': found no timestamp, expected milliseconds of the epoch"


def test_quality_is_asked_of_the_metric_only_where_it_says_it() -> None:
    def said(**others: object) -> object:
        return {"keys": [b"Quality"], "values": [others]}

    heard = alone(
        metric("a", UINT8, int_value=1, properties=said(int_value=192)),
        metric("b", UINT8, int_value=1, properties=said(int_value=0)),
        metric("c", UINT8, int_value=1, properties=said()),
        metric("d", UINT8, int_value=1, properties={"keys": [b"Quality"]}),
        metric("e", UINT8, int_value=1, properties={"keys": [b"Scale"], "values": [{"int_value": 0}]}),
    )
    assert values(heard) == {"a": 1, "c": 1, "d": 1, "e": 1}
    assert heard.refused == (Refusal("bad-quality", "'b': found quality 0, expected 192 (good)"),)


@pytest.mark.parametrize("name", [b"\xff\xfe", b"a\x00b", b"a\nb", b"x" * 129])
def test_a_name_that_cannot_be_shown_is_refused(name: bytes) -> None:
    heard = alone({"name": name, "datatype": UINT8, "int_value": 1, "timestamp": T}, metric("y", UINT8, int_value=2))
    assert (values(heard), reasons(heard)) == ({"y": 2}, ["bad-name"])


def test_a_birth_that_leaves_out_a_name_is_not_asked_for_again() -> None:
    heard = alone(metric(alias=1, datatype=UINT8, int_value=1), metric(datatype=UINT8, int_value=1))
    assert (reasons(heard), heard.commands) == (["unknown-alias"] * 2, ())


def test_controls_are_no_fields() -> None:
    heard = alone(
        metric("bdSeq", INT64, long_value=3),
        metric("Node Control/Scan Rate", INT64, long_value=3000),
        metric("Device Control/Reboot", BOOLEAN, boolean_value=False),
        metric("bdSeq2", INT64, long_value=4),
    )
    assert (values(heard), heard.refused, heard.skipped) == ({"bdSeq2": 4}, (), 0)


def test_a_make_without_a_model_is_a_profile_without_what_cannot_be_shown() -> None:
    heard = alone(metric("Properties/Hardware Make", STRING, string_value=b" Gauge\x00 2\xff"))
    assert heard.telemetry[0].profile == "Gauge 2\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("topic", "reason"),
    [
        ("spBv1.0/g/NBIRTH/e/d", "unknown-topic"),
        ("spBv1.0/g/DBIRTH/e", "unknown-topic"),
        ("spBv1.0/g/NLIFE/e", "unknown-topic"),
        ("spAv1.0/g/NBIRTH/e", "unknown-topic"),
        ("spBv1.0/STATE/NSTATE/e", "unknown-topic"),
        ("", "unknown-topic"),
        ("spBv1.0//NBIRTH/e", "bad-id"),
        ("spBv1.0/g/NBIRTH/", "bad-id"),
        ("spBv1.0/g/DBIRTH/e/", "bad-id"),
        ("spBv1.0/g/NBIRTH/+", "bad-id"),
        ("spBv1.0/#/NBIRTH/e", "bad-id"),
        ("spBv1.0/g\ud800/NBIRTH/e", "bad-id"),
        (f"spBv1.0/g/NBIRTH/{'e' * 201}", "bad-id"),
    ],
)
def test_another_topic_is_refused(topic: str, reason: str) -> None:
    with pytest.raises(CodecError) as caught:
        new_decoder().decode(topic.split("/"), NBIRTH, NOW)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"\xff", "bad-protobuf"),
        (b"{}", "bad-protobuf"),
        (NBIRTH[:-20], "bad-protobuf"),
        (message(256), "bad-seq"),
        (new_payload(uuid=b"SPBV1.0_COMPRESSED").SerializeToString(), "compressed"),
    ],
)
def test_a_message_not_understood_says_why_and_changes_nothing(payload: bytes, reason: str) -> None:
    decoder = born()
    with pytest.raises(CodecError) as caught:
        hear(decoder, "NBIRTH/e", payload)
    assert caught.value.reason == reason
    assert values(hear(decoder, "DDATA/e/d", DDATA))["Level"] == -121


def test_the_node_unheard_for_longest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparkplug, "MOST_NODES", 2)
    decoder = new_decoder()
    for topic, seq in (("NBIRTH/a", 0), ("NBIRTH/b", 0), ("NDATA/a", 1), ("NBIRTH/c", 0)):
        assert not hear(decoder, topic, message(seq)).commands
    assert not hear(decoder, "NDATA/a", message(2)).commands
    assert hear(decoder, "NDATA/b", message(1)).commands


def test_births_beyond_what_is_remembered_push_out_the_oldest_and_are_not_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sparkplug_node, "MOST_NAMES", 8)
    decoder = new_decoder()
    hear(decoder, "NBIRTH/e", message(0))
    for seq, device in ((1, "a"), (2, "b"), (3, "c")):
        hear(decoder, f"DBIRTH/e/{device}", message(seq, metric(device, UINT8, 1, int_value=seq)))
    heard = [hear(decoder, f"DDATA/e/{device}", message(seq, metric(alias=1, int_value=9))) for seq, device in
             ((4, "a"), (5, "b"), (6, "c"))]  # fmt: skip
    assert [values(each) for each in heard] == [{}, {"b": 9}, {"c": 9}]
    assert [each.commands for each in heard] == [(), (), ()]
    hear(decoder, "NBIRTH/e", message(0))
    assert hear(decoder, "DDATA/e/a", message(1, metric(alias=1, int_value=9))).commands


def test_births_of_one_device_are_remembered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparkplug_node, "MOST_NAMES", 8)
    decoder = new_decoder()
    hear(decoder, "NBIRTH/e", message(0, metric("x", UINT8, 1, int_value=1)))
    for seq in range(1, 20):
        hear(decoder, "DBIRTH/e/d", message(seq, metric("y", UINT8, 1, int_value=1)))
    assert values(hear(decoder, "NDATA/e", message(20, metric(alias=1, int_value=2)))) == {"x": 2}
    assert hear(decoder, "NDATA/e", message(21, metric(alias=2, int_value=2))).commands


def test_a_birth_larger_than_what_is_remembered_keeps_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparkplug_node, "MOST_NAMES", 4)
    decoder = new_decoder()
    births = [metric(f"m{each}", UINT8, each, int_value=each) for each in range(4)]
    assert len(values(hear(decoder, "NBIRTH/e", message(0, *births)))) == 4
    heard = hear(decoder, "NDATA/e", message(1, *(metric(alias=each, int_value=9) for each in range(4))))
    assert (values(heard), reasons(heard), heard.commands) == ({"m0": 9, "m1": 9}, ["unknown-alias"] * 2, ())


# A second device uses the first one's aliases for other things.
OTHER = message(2, metric("Rain", DOUBLE, 10, double_value=0.2), metric("Wind", DOUBLE, 16, double_value=4.0))
OTHER_DATA = message(3, metric(alias=10, double_value=0.4), metric(alias=16, double_value=5.0))
LEVELS = {
    "NBIRTH/e": NBIRTH,
    "DBIRTH/e/d": DBIRTH,
    "DDATA/e/d": DDATA,
    "NDATA/e": NDATA,
    "DDEATH/e/d": DDEATH,
    "NDEATH/e": NDEATH,
    "NCMD/e": NCMD,
    "DBIRTH/e/d2": OTHER,
    "DDATA/e/d2": OTHER_DATA,
    "DDATA/e/d3": TAHU,
}
MEANT: dict[str, set[tuple[str, object]]] = {
    "NBIRTH/e": {("Supply Voltage", SHOWN), ("Uptime", 4_000_000_000)},
    "DBIRTH/e/d": {
        ("Level", -120), ("Count", 2**63 + 1), ("Flow", 3.25), ("Pump", True), ("Trim", -5), ("Offset", -70_000),
        ("Total", -5_000_000_000),
    },
    "DDATA/e/d": {("Level", -121), ("Pump", False), ("Total", -1)},
    "NDATA/e": {("Supply Voltage", 11.5)},
    "DBIRTH/e/d2": {("Rain", 0.2), ("Wind", 4.0)},
    "DDATA/e/d2": {("Rain", 0.4), ("Wind", 5.0)},
    "DDATA/e/d3": {
        ("Trim", -5), ("Level", -120), ("Offset", -70_000), ("Total", -5_000_000_000), ("Uptime", 4_000_000_000),
        ("Voltage", SHOWN),
    },
}  # fmt: skip


def mutated() -> st.SearchStrategy[bytes]:
    """Genuine messages with bytes put in, changed and taken out."""
    odd = st.binary(max_size=6) | st.sampled_from([b"\x50", b"\x10\x0a", b"\x38\x01", b"\xff" * 9 + b"\x01"])
    return st.builds(
        lambda made, at, gone, put: made[: at % len(made)] + put + made[at % len(made) + gone :],
        st.sampled_from(list(LEVELS.values())), st.integers(0), st.integers(0, 9), odd,
    )  # fmt: skip


def could_mean(payload: bytes) -> Iterator[object]:
    """Every number that a message has, as it is and as two's complement of any width."""
    for each in parse(payload).metrics:
        if (field := each.WhichOneof("value")) in {"float_value", "double_value", "boolean_value"}:
            yield repr(getattr(each, field))
        elif field in {"int_value", "long_value"}:
            yield from (repr(getattr(each, field) - less) for less in (0, 2**8, 2**16, 2**32, 2**64))


@MODEST
@given(topic=st.sampled_from(sorted(LEVELS)), payload=st.binary(max_size=99) | mutated())
def test_whatever_payload_arrives_is_read_or_refused(topic: str, payload: bytes) -> None:
    check(born(), ["spBv1.0", "g", *topic.split("/")], payload, NOW)


@MODEST
@given(
    levels=topics(["spBv1.0/g/NBIRTH/e", "spBv1.0/g/DDATA/e/d", "spBv1.0/g/NCMD/e"]),
    payload=st.sampled_from(list(LEVELS.values())),
)
def test_whatever_topic_arrives_is_read_or_refused(levels: list[str], payload: bytes) -> None:
    check(born(), levels, payload, NOW)


@MODEST
@given(said=st.lists(st.tuples(st.sampled_from(sorted(LEVELS)), mutated()), max_size=8))
def test_no_value_is_made_up(said: list[tuple[str, bytes]]) -> None:
    decoder = born()
    for topic, payload in said:
        try:
            heard = hear(decoder, topic, payload)
        except CodecError:
            continue
        found = {repr(value) for value in values(heard).values()}
        assert not found or found <= set(could_mean(payload))


@MODEST
@given(said=st.lists(st.tuples(st.sampled_from(sorted(LEVELS)), st.sampled_from([0, 1, 4, 6])), max_size=25))
def test_in_whatever_order_messages_come_they_mean_what_they_say_and_asking_is_rare(
    said: list[tuple[str, int]],
) -> None:
    decoder, now = new_decoder(), NOW
    asked = now - timedelta(minutes=1)
    for topic, pause in said:
        now += timedelta(seconds=pause)
        heard = hear(decoder, topic, LEVELS[topic], now)
        assert set(values(heard).items()) <= MEANT.get(topic, set())
        assert not heard.commands or now - asked >= timedelta(seconds=5)
        asked = now if heard.commands else asked
