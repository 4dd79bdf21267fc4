"""The plain format: `{"observed_at": "2026-11-21T07:00:00+07:00", "values": {"pm25": 40.2, "pm10": 61}}`.

Keys of `values` are kinds. Other keys beside `observed_at` and `values` are the device's own affair.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec

from sensors.parse import AHEAD, parse_json, parse_time, told
from sensors.reading import CodecError, Decoded
from sensors.sieve import Sieve

NAME = "plain"
FIRST = b"{"


class _Usual(msgspec.Struct, gc=False):
    """What nearly every message is; what is written otherwise is read by its parts."""

    observed_at: Annotated[datetime, msgspec.Meta(tz=True)]
    values: dict[str, float]


_usual = msgspec.json.Decoder(_Usual)


def decode(payload: bytes, device: str, received_at: datetime) -> Decoded:
    """Readings of one instant. Raises `CodecError`: bad-json, bad-message, bad-time, future-time, no-values."""
    try:
        found = _usual.decode(payload)
        observed_at = found.observed_at.astimezone(UTC)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError):
        return _decode_by_parts(payload, device, received_at)
    if not found.values or observed_at - received_at > AHEAD:
        return _decode_by_parts(payload, device, received_at)
    sieve = Sieve(device)
    for kind, value in found.values.items():
        sieve.take(kind, value, observed_at)
    return sieve.decoded()


def _decode_by_parts(payload: bytes, device: str, received_at: datetime) -> Decoded:
    found = parse_json(payload)
    if not isinstance(found, dict):
        raise CodecError("bad-message", f"payload: found {told(found)}, expected an object with observed_at and values")
    if "observed_at" not in found:
        raise CodecError("bad-time", "observed_at: found none, expected RFC 3339 with an offset, or epoch seconds")
    values = found.get("values")
    if not isinstance(values, dict) or not values:
        raise CodecError("no-values", f"values: found {told(values)}, expected an object of numbers by kind")
    observed_at = parse_time("observed_at", found["observed_at"], received_at)
    sieve = Sieve(device)
    for kind, value in values.items():
        sieve.take(kind, value, observed_at)
    return sieve.decoded()
