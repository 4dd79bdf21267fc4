"""SenML, RFC 8428, in any of its forms: records by the labels of JSON, `[{"bn": "air-1:", "n": "pm25", "v": 40.2}]`.

The topic names the device. A record's full name (`bn` + `n`) is its kind, or ends with it after the device's own
prefix; a pack in which a second prefix appears speaks for another device, and that record is refused rather than
mixed in. Only numeric values are readings: `vs`, `vb`, `vd` and bare sums are refused by name. A time below 2**28 is
relative to the arrival (4.5.3), so only absolute times make a redelivered pack the same readings.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sensors.kinds import KINDS
from sensors.parse import not_ahead, parse_number, told
from sensors.reading import CodecError, Decoded
from sensors.sieve import Sieve

VERSION = 10  # of RFC 8428; a pack of a later version may mean something else by the same labels
RELATIVE = 2**28  # seconds: below it a time is an offset from now
OTHER_VALUES = ("vs", "vb", "vd", "s")
SEPARATORS = ":/.-_"
SEGMENT = re.compile(r"[:/.]")


def decode_pack(records: object, device: str, received_at: datetime) -> Decoded:
    """Readings of a pack. Raises `CodecError`: bad-senml, or bad-value in a base field."""
    if not isinstance(records, list) or not records:
        raise CodecError("bad-senml", f"payload: found {told(records)}, expected an array of records")
    pack = _Pack(device, received_at)
    for record in records:
        if not isinstance(record, dict):
            raise CodecError("bad-senml", f"record: found {told(record)}, expected an object")
        pack.rebase(record)
        pack.take(record)
    return pack.sieve.decoded()


class _Pack:
    """The base fields, which hold from the record that sets them onwards."""

    __slots__ = ("_arrival", "_name", "_prefix", "_received_at", "_time", "_unit", "_value", "sieve")

    def __init__(self, device: str, received_at: datetime) -> None:
        self.sieve = Sieve(device)
        self._received_at = received_at
        self._arrival = received_at.timestamp()
        self._name = ""
        self._time = 0.0
        self._unit: object = None
        self._value = 0.0
        self._prefix: str | None = None

    def rebase(self, record: dict[str, Any]) -> None:
        for label, found in record.items():
            if label == "bn":
                self._name = _text("bn", found)
            elif label == "bt":
                self._time = parse_number("bt", found)
            elif label == "bu":
                self._unit = found
            elif label == "bv":
                self._value = parse_number("bv", found)
            elif label == "bver" and not (isinstance(found, int) and found <= VERSION):
                raise CodecError("bad-senml", f"bver: found {told(found)}, expected a version up to {VERSION}")
            elif label.endswith("_"):
                raise CodecError(
                    "bad-senml", f"{told(label)}: found a label that must be understood, expected RFC 8428's"
                )

    def take(self, record: dict[str, Any]) -> None:
        if "v" not in record:
            self._refuse_other_value(record)
            return
        try:
            kind = self._kind(_text("n", record.get("n", "")), record.get("u", self._unit))
            observed_at = self._instant(record.get("t"))
            value = record["v"]
            if self._value and value is not None:
                value = self._value + parse_number(kind, value)
        except CodecError as error:
            self.sieve.refuse(error.reason, error.detail)
        else:
            self.sieve.take(kind, value, observed_at)

    def _refuse_other_value(self, record: dict[str, Any]) -> None:
        for label in OTHER_VALUES:
            if label in record:
                name = told(f"{self._name}{record.get('n', '')}")
                self.sieve.refuse("bad-value", f"{name}: found {label} {told(record[label])}, expected a number in v")
                return
        if "n" in record:
            self.sieve.refuse("bad-value", f"{told(record['n'])}: found no value, expected a number in v")

    def _kind(self, name: str, unit: object) -> str:
        full = self._name + name
        key = full if full in KINDS else _last_segment(full, self.sieve.device)
        kind = KINDS.get(key)
        if kind is None:
            return full  # the sieve refuses it by its full name
        if unit is not None and unit not in kind.senml_units and unit != kind.unit:
            raise CodecError("wrong-unit", f"{key}: found {told(unit)}, expected {' or '.join(kind.senml_units)}")
        prefix = full.removesuffix(key)
        if self._prefix is None:
            self._prefix = prefix
        elif prefix != self._prefix:
            raise CodecError(
                "other-device", f"name: found {told(full)}, expected {told(self._prefix)} in front, as before"
            )
        return key

    def _instant(self, found: object) -> datetime:
        seconds = self._time + (0.0 if found is None else parse_number("t", found))
        if seconds < RELATIVE:
            seconds += self._arrival
        try:
            instant = datetime.fromtimestamp(seconds, UTC)
        except (ValueError, OverflowError, OSError):
            raise CodecError("bad-time", f"t: found {seconds:g} (with bt), expected seconds of the epoch") from None
        return not_ahead("t", instant, self._received_at)


def _text(label: str, found: object) -> str:
    if not isinstance(found, str):
        raise CodecError("bad-senml", f"{label}: found {told(found)}, expected a text")
    return found


def _last_segment(name: str, device: str) -> str:
    _, found, tail = name.rpartition(device)
    if found and tail[:1] and tail[0] in SEPARATORS:
        return tail.lstrip(SEPARATORS)
    return SEGMENT.split(name)[-1]
