"""SenML in JSON, RFC 8428 section 5: `[{"bn": "air-1:", "bt": 1.76e9, "n": "pm25", "u": "ug/m3", "v": 40.2}]`."""

from __future__ import annotations

from datetime import datetime

from sensors.parse import parse_json
from sensors.reading import Decoded
from sensors.senml import decode_pack

NAME = "senml"
FIRST = b"["


def decode(payload: bytes, device: str, received_at: datetime) -> Decoded:
    """Readings of a pack. Raises `CodecError`: bad-json, bad-senml, or bad-value in a base field."""
    return decode_pack(parse_json(payload), device, received_at)
