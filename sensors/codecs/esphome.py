"""ESPHome: one number as text on `<node>/sensor/<name>/state`, and the node's birth and last will on `<node>/status`.

The format has no time: a value is as old as its arrival, and a redelivered message cannot be told from a new value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sensors.parse import parse_number, told
from sensors.reading import CodecError
from sensors.telemetry import Field, Heard, Telemetry

NAME = "esphome"
TOPICS = ("+/sensor/+/state", "+/status")
NO_VALUE = frozenset({"", "nan", "none", "unknown", "unavailable"})
"""What a sensor says while it has none, in lower case; `None` is what `publish_nan_as_none` makes of `nan`."""
STATUSES: Final[Mapping[bytes, Literal["online", "offline"]]] = {b"online": "online", b"offline": "offline"}


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads each message by itself; the zone is of no use, as there are no times."""

    zone: ZoneInfo

    def decode(self, levels: Sequence[str], payload: bytes, received_at: datetime) -> Heard:
        """What a node says of one sensor or itself. Raises `CodecError`: unknown-topic, bad-id, bad-value."""
        if not all(levels):
            raise CodecError("bad-id", f"topic: found {told('/'.join(levels))}, expected no empty level")
        match levels:
            case [node, "sensor", sensor, "state"]:
                return _state(node, sensor, payload, received_at)
            case [node, "status"]:
                return Heard((Telemetry(node, status=_status(payload)),))
        raise CodecError("unknown-topic", f"topic: found {told('/'.join(levels))}, expected {' or '.join(TOPICS)}")


def _state(node: str, sensor: str, payload: bytes, received_at: datetime) -> Heard:
    text = _text(payload)
    if text.strip().lower() in NO_VALUE:
        return Heard((Telemetry(node),), skipped=1)
    parse_number("payload", text)
    return Heard((Telemetry(node, fields=(Field(sensor, text, received_at),)),))


def _status(payload: bytes) -> Literal["online", "offline"]:
    status = STATUSES.get(payload.strip())
    if status is None:
        raise CodecError("bad-value", f"payload: found {told(payload)}, expected online or offline")
    return status


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise CodecError("bad-value", f"payload: found {told(payload)}, expected a number as text") from None
