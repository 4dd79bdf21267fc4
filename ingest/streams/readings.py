"""Readings of devices in the room's own words: `<root>/readings/<device>`."""

from __future__ import annotations

from msgspec.structs import replace

from data.records import Message, Rejection
from ingest.retention import split_by_age
from sensors.city import City
from sensors.codecs import codec_of

NAME = "readings"
TOPIC = "readings/+"


def parse(message: Message, sender: str, city: City) -> Message:
    """The readings of one message; those the store has already forgotten the time of are refused."""
    decoded = codec_of(message.payload).decode(message.payload, sender, message.received_at)
    kept, too_old = split_by_age(decoded.readings, message.received_at, city.retention_days)
    refused = tuple(Rejection(refusal.reason, refusal.detail) for refusal in decoded.refused)
    return replace(message, readings=kept, skipped=decoded.skipped, rejections=refused + too_old)
