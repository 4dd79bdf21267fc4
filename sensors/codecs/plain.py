"""The plain format: `{"observed_at": "2026-11-21T07:00:00+07:00", "values": {"pm25": 40.2, "pm10": 61}}`.

Keys of `values` are kinds. Other keys beside `observed_at` and `values` are the device's own affair.
"""

from __future__ import annotations

from datetime import datetime

from sensors.parse import parse_json, parse_time, told
from sensors.reading import CodecError, Decoded
from sensors.sieve import Sieve

NAME = "plain"


def decode(payload: bytes, device: str, received_at: datetime) -> Decoded:
    """Readings of one instant. Raises `CodecError`: bad-json, bad-message, bad-time, future-time, no-values."""
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
