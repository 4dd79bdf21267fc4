"""ChirpStack v4 in JSON: what a LoRaWAN network says of a device on `application/<id>/device/<devEui>/event/<event>`.

Values are those of `object`, made by the decoder of the device's profile; without one an uplink only says that the
device lives. A server left at Protobuf, or of version 3, is refused by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sensors.flat import flatten
from sensors.parse import parse_json, parse_number, parse_time, told
from sensors.reading import CodecError
from sensors.telemetry import Heard, Telemetry

NAME = "chirpstack"
TOPICS = ("application/+/device/+/event/+",)
READ = ("up", "status", "join")
NOTHING_TO_KEEP = ("ack", "txack", "log", "location", "integration")
HIGHEST_COUNTER = 2**32 - 1
FULL = 100  # percent


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads each message by itself; the zone is of no use, as times bring their offset."""

    zone: ZoneInfo

    def decode(self, levels: Sequence[str], payload: bytes, received_at: datetime) -> Heard:
        """What an event says of its device. Raises `CodecError`.

        Its reasons: unknown-topic, unknown-event, bad-id, bad-json, bad-message, other-device, bad-time, future-time,
        bad-value, out-of-range.
        """
        dev_eui, event = _device_and_event(levels)
        if event in NOTHING_TO_KEEP:
            return Heard()
        message = _message(payload)
        sender = _sender(message, dev_eui)
        if event == "up":
            return _uplink(message, sender, received_at)
        if event == "status":
            return Heard((replace(sender, battery=_battery(message)),))
        return Heard((replace(sender, status="online"),))


def _device_and_event(levels: Sequence[str]) -> tuple[str, str]:
    match levels:
        case ["application", application, "device", dev_eui, "event", event]:
            if not (application and dev_eui):
                raise CodecError("bad-id", f"topic: found {told('/'.join(levels))}, expected no empty level")
            if event not in READ + NOTHING_TO_KEEP:
                expected = ", ".join(READ + NOTHING_TO_KEEP)
                raise CodecError("unknown-event", f"topic: found {told(event)}, expected one of {expected}")
            return dev_eui, event
    raise CodecError("unknown-topic", f"topic: found {told('/'.join(levels))}, expected {TOPICS[0]}")


def _message(payload: bytes) -> dict[str, object]:
    found = parse_json(payload) if payload.lstrip().startswith(b"{") else None
    if not isinstance(found, dict):
        expected = "a JSON object (json=true in the server's integration.mqtt)"
        raise CodecError("bad-json", f"payload: found {told(payload)}, expected {expected}")
    return found


def _sender(message: dict[str, object], dev_eui: str) -> Telemetry:
    info = message.get("deviceInfo")
    if not isinstance(info, dict):
        raise CodecError("bad-message", f"deviceInfo: found {told(info)}, expected an object, as of version 4")
    address = _text("devEui", info.get("devEui")).lower()
    if address != dev_eui.lower():
        raise CodecError("other-device", f"devEui: found {told(address)}, expected {told(dev_eui)} as in the topic")
    return Telemetry(
        address=address,
        profile=_text("deviceProfileName", info.get("deviceProfileName", "")),
        label=_text("deviceName", info.get("deviceName", "")),
    )


def _uplink(message: dict[str, object], sender: Telemetry, received_at: datetime) -> Heard:
    observed_at = _instant(message, received_at)
    decoded = message.get("object")
    if decoded is None:
        decoded = {}
    if not isinstance(decoded, dict):
        raise CodecError("bad-message", f"object: found {told(decoded)}, expected an object of values by name")
    fields, skipped = flatten(decoded, observed_at)
    return Heard((replace(sender, fields=fields, counter=_counter(message)),), skipped=skipped)


def _instant(message: dict[str, object], received_at: datetime) -> datetime:
    """When the network heard it: by the message itself, else by a gateway's clock, else by a network server's."""
    rx_info = message.get("rxInfo")
    gateways = [each for each in rx_info if isinstance(each, dict)] if isinstance(rx_info, list) else []
    times = (message.get("time"), *(each.get(clock) for clock in ("gwTime", "nsTime") for each in gateways))
    found = next((time for time in times if time is not None), None)
    if found is None:
        raise CodecError("bad-time", "time: found none, expected RFC 3339 with an offset")
    return parse_time("time", found, received_at)


def _counter(message: dict[str, object]) -> int | None:
    found = message.get("fCnt")
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= HIGHEST_COUNTER:
        raise CodecError("bad-message", f"fCnt: found {told(found)}, expected a number from 0 to {HIGHEST_COUNTER}")
    return found


def _battery(message: dict[str, object]) -> float | None:
    found = message.get("batteryLevel")
    if found is None or message.get("externalPowerSource") or message.get("batteryLevelUnavailable"):
        return None
    level = parse_number("batteryLevel", found)
    if not 0 <= level <= FULL:
        raise CodecError("out-of-range", f"batteryLevel: found {level:g}, expected 0 to {FULL} %")
    return level


def _text(field: str, found: object) -> str:
    if not isinstance(found, str):
        raise CodecError("bad-message", f"{field}: found {told(found)}, expected a text")
    return found
