"""What devices say of themselves, retained: `<root>/devices/<device>/status`, `online` or `offline`."""

from __future__ import annotations

from msgspec.structs import replace

from data.records import DeviceStatus, Message
from sensors.city import City
from sensors.parse import told
from sensors.reading import CodecError

NAME = "devices"
TOPIC = "devices/+/status"
_WORDS = {b"online": "online", b"offline": "offline", b"": None}


def parse(message: Message, sender: str, city: City) -> Message:  # noqa: ARG001 - an unplaced device may speak too
    """The word of one device; an empty payload is the broker's way of clearing a retained word."""
    word = message.payload.strip().lower()
    if word not in _WORDS:
        raise CodecError("bad-value", f"payload: found {told(message.payload)}, expected online or offline")
    return replace(message, statuses=(DeviceStatus(sender, _WORDS[word]),))
