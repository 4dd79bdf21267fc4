"""Readings of devices: `<root>/readings/<device>`, plain or SenML."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from data.records import Message, Rejection
from sensors.city import City
from sensors.codecs import codec_of
from sensors.reading import Reading

NAME = "readings"
TOPIC = "readings/+"


def parse(message: Message, sender: str, city: City) -> Message:
    """The readings of one message; those the store has already forgotten the time of are refused."""
    decoded = codec_of(message.payload).decode(message.payload, sender, message.received_at)
    oldest = message.received_at - timedelta(days=city.retention_days)
    kept = tuple(reading for reading in decoded.readings if reading.observed_at >= oldest)
    rejections = [Rejection(refusal.reason, refusal.detail) for refusal in decoded.refused]
    if len(kept) < len(decoded.readings):
        rejections.append(_too_old(next(r for r in decoded.readings if r.observed_at < oldest), city.retention_days))
    return replace(message, readings=kept, skipped=decoded.skipped, rejections=tuple(rejections))


def _too_old(reading: Reading, days: int) -> Rejection:
    # After their day is dropped, nothing is left to tell a late reading from a redelivered one.
    found = reading.observed_at.isoformat()
    return Rejection("too-old", f"observed_at: found {found}, expected at most {days} days before now")
