"""Take a delivery apart: find its stream, let that parse it, and put aside by name what cannot be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.records import Message, Rejection
from ingest.delivery import LARGEST_PAYLOAD, Delivery
from ingest.fields import KEY
from ingest.privacy import mask, mask_payload
from ingest.streams import STREAMS, Stream
from sensors.city import City
from sensors.parse import told
from sensors.reading import CodecError

UNKNOWN = "rejected"
"""The stream that messages of no stream are counted in."""
_EMPTY_MEANS_SOMETHING = frozenset({"devices"})
_PRIVATE = frozenset({"cases"})


class Sorter:
    """Takes deliveries apart for one city. Never raises for what a sender sent."""

    def __init__(self, city: City, streams: Mapping[str, Stream] = STREAMS) -> None:
        self._city = city
        self._root = city.topic_root
        self._by_shape = {(len(s.topic), s.topic[0], s.topic[-1]): s for s in streams.values()}

    def take_apart(self, delivery: Delivery) -> Message:
        """The message with what is to be stored of it, or with why nothing is."""
        stream, sender = self._route(delivery.topic)
        message = Message(
            topic=delivery.topic,
            payload=delivery.payload,
            payload_bytes=delivery.size,
            received_at=delivery.received_at,
            stream=stream.name if stream else UNKNOWN,
            redelivered=delivery.redelivered,
        )
        try:
            message = self._parse(stream, sender, message)
        except CodecError as error:
            message = message.refused(error.reason, error.detail)
        return _without_people(message) if message.rejections and message.stream in _PRIVATE else message

    def _route(self, topic: str) -> tuple[Stream | None, str]:
        root, *levels = topic.split("/")
        stream = self._by_shape.get((len(levels), levels[0], levels[-1])) if levels else None
        stream = stream or (self._by_shape.get((len(levels), levels[0], "+")) if levels else None)
        if root != self._root or stream is None:
            return None, ""
        return stream, levels[stream.topic.index("+")]

    def _parse(self, stream: Stream | None, sender: str, message: Message) -> Message:
        if message.payload_bytes > LARGEST_PAYLOAD:
            raise CodecError(
                "oversize", f"payload: found {message.payload_bytes} bytes, expected at most {LARGEST_PAYLOAD}"
            )
        if stream is None:
            known = ", ".join("/".join((self._root, *s.topic)) for s in self._by_shape.values())
            raise CodecError("unknown-topic", f"topic: found {told(message.topic)}, expected one of {known}")
        if not KEY.fullmatch(sender):
            raise CodecError("bad-id", f"topic: found {told(sender)}, expected [a-z0-9][a-z0-9-]{{0,63}}")
        if not message.payload and stream.name not in _EMPTY_MEANS_SOMETHING:
            raise CodecError("empty", "payload: found nothing, expected a message")
        return stream.parse(message, sender, self._city)


def _without_people(message: Message) -> Message:
    rejections = tuple(Rejection(found.reason, mask(found.detail)) for found in message.rejections)
    return replace(message, payload=mask_payload(message.payload), rejections=rejections)
