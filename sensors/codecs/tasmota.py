"""Tasmota: sensors in JSON on `tele/<device>/SENSOR`, the device's last will on `LWT`, its own state on `STATE`.

Times are local unless the device is set to write an offset. Where a clock is set back, the hour that comes twice is
read as its first passing. Units are the device's settings, written beside the values of the whole message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sensors.flat import flatten
from sensors.parse import not_ahead, parse_json, parse_time, told
from sensors.reading import CodecError, Refusal
from sensors.telemetry import Heard, Telemetry

NAME = "tasmota"
TOPICS = ("tele/+/SENSOR", "tele/+/LWT", "tele/+/STATE")
STATUSES: Final[Mapping[bytes, Literal["online", "offline"]]] = {b"Online": "online", b"Offline": "offline"}
UNITS = {  # by key of a message: the unit expected, and what the names of the values in it hold
    "TempUnit": ("C", ("Temperature", "DewPoint", "HeatIndex")),
    "PressureUnit": ("hPa", ("Pressure",)),
    "SpeedUnit": ("m/s", ("Speed",)),
}
LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?")
CLOCK_SET = datetime(2016, 1, 1, tzinfo=UTC)  # until it has heard of the time, a device counts from 1970


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads each message by itself; `zone` is that of the devices' clocks."""

    zone: ZoneInfo

    def decode(self, levels: Sequence[str], payload: bytes, received_at: datetime) -> Heard:
        """What a device says of its sensors or itself. Raises `CodecError`.

        Its reasons: unknown-topic, bad-id, bad-json, bad-message, bad-time, future-time, bad-value.
        """
        device, said = _device_and_word(levels)
        if said == "SENSOR":
            return self._sensors(device, _message(payload), received_at)
        if said == "LWT":
            return Heard((Telemetry(device, status=_status(payload)),))
        _message(payload)
        return Heard((Telemetry(device),))

    def _sensors(self, device: str, message: dict[str, object], received_at: datetime) -> Heard:
        observed_at = self._instant(message.pop("Time", None), received_at)
        units = {key: message.pop(key, None) for key in UNITS}
        profile = " ".join(name for name, found in message.items() if isinstance(found, dict))
        found, skipped = flatten(message, observed_at)
        wrong = {field.name: refusal for field in found if (refusal := _wrong_unit(field.name, units))}
        kept = tuple(field for field in found if field.name not in wrong)
        return Heard((Telemetry(device, profile, fields=kept),), refused=tuple(wrong.values()), skipped=skipped)

    def _instant(self, found: object, received_at: datetime) -> datetime:
        text = found.strip() if isinstance(found, str) else ""
        if LOCAL.fullmatch(text):
            instant = not_ahead("Time", self._local(text), received_at)
        else:
            instant = parse_time("Time", found, received_at)
        if instant < CLOCK_SET:
            raise CodecError("bad-time", f"Time: found {told(found)}, expected that of a clock that has been set")
        return instant

    def _local(self, text: str) -> datetime:
        try:
            return datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC)
        except (ValueError, OverflowError):
            raise CodecError("bad-time", f"Time: found {told(text)}, expected a day and time that exist") from None


def _device_and_word(levels: Sequence[str]) -> tuple[str, str]:
    match levels:
        case ["tele", "", _]:
            raise CodecError("bad-id", f"topic: found {told('/'.join(levels))}, expected a device in it")
        case ["tele", device, "SENSOR" | "LWT" | "STATE" as word]:
            return device, word
    raise CodecError("unknown-topic", f"topic: found {told('/'.join(levels))}, expected one of {', '.join(TOPICS)}")


def _message(payload: bytes) -> dict[str, object]:
    found = parse_json(payload)
    if not isinstance(found, dict):
        raise CodecError("bad-message", f"payload: found {told(found)}, expected an object")
    return found


def _status(payload: bytes) -> Literal["online", "offline"]:
    status = STATUSES.get(payload.strip())
    if status is None:
        raise CodecError("bad-value", f"payload: found {told(payload)}, expected Online or Offline")
    return status


def _wrong_unit(name: str, units: Mapping[str, object]) -> Refusal | None:
    # A factor of the pack cannot make °C of °F, and was written for the unit the device had then.
    for key, (expected, words) in UNITS.items():
        found = units[key]
        if found is not None and found != expected and any(word in name for word in words):
            return Refusal("wrong-unit", f"{told(name)}: found {key} {told(found)}, expected {expected}")
    return None
