"""What senders share: the city for words, the room's own address, and one connection to its broker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ingest.errors import IngestError
from sensors.city import City


class NotSentError(IngestError):
    """A message was not taken; another try is worth it. The text tells why, without address or secret."""


class Publishes(Protocol):
    """The part of `ingest.publisher.Publisher` that is needed here."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Hand a message to the broker."""


@dataclass(frozen=True, slots=True)
class Outside:
    """`public_url` is how people outside reach the room, None where nobody said."""

    city: City
    public_url: str | None
    broker: Publishes
