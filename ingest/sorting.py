"""Take a delivery apart: find its stream, let that parse it, and put aside by name what cannot be understood."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from data.records import Doubt, Message, Rejection
from ingest.delivery import LARGEST_PAYLOAD, Delivery
from ingest.fields import KEY
from ingest.networks import Networks
from ingest.streams import STREAMS, Stream
from sensors.city import City
from sensors.judge.quality import QualityJudge
from sensors.parse import told
from sensors.privacy import mask, mask_payload
from sensors.reading import CodecError

READINGS = "readings"
"""The stream that messages of other networks are counted in."""
UNKNOWN = "rejected"
"""The stream that messages of no stream are counted in."""
_EMPTY_MEANS_SOMETHING = frozenset({"devices"})
_PRIVATE = frozenset({"cases"})
_PARTS = attrgetter("device", "kind", "observed_at", "value")
_log = logging.getLogger(__name__)
_MOST_ROUTES = 100_000
_MOST_REJECTIONS = 1_000  # of one message: its payload is kept whole, and says the rest


class _Route(NamedTuple):
    """Where messages of a topic go: the stream they are counted in, and who parses them."""

    stream: str
    parse: Callable[[Message], Message]
    known: bool


class Sorter:
    """Takes deliveries apart for one city. Never raises for what a sender sent."""

    def __init__(self, city: City, streams: Mapping[str, Stream] = STREAMS) -> None:
        self._city = city
        self.networks = Networks(city)
        self._quality, self._doubted = QualityJudge(city.quality, city.devices), frozenset(city.quality)
        self._root = city.topic_root
        self._by_shape = {(len(s.topic), s.topic[0], s.topic[-1]): s for s in streams.values()}
        self._routes: dict[str, _Route] = {}

    def take_apart(self, delivery: Delivery) -> Message:
        """The message with what is to be stored of it, or with why nothing is."""
        route = self._routes.get(delivery.topic) or self._remember(delivery.topic)
        message = Message(
            topic=delivery.topic,
            payload=delivery.payload,
            payload_bytes=delivery.size,
            received_at=delivery.received_at,
            stream=route.stream,
            redelivered=delivery.redelivered,
        )
        try:
            message = self._doubt(self._parse(route, message))
        except CodecError as error:
            message = message.refused(error.reason, error.detail)
        if len(message.rejections) > _MOST_REJECTIONS:
            message = replace(message, rejections=message.rejections[:_MOST_REJECTIONS])
        # Also where nothing is wrong so far: the database may refuse it yet, and then its payload is kept.
        private = message.stream in _PRIVATE or (message.rejections and _is_private(message.topic))
        return _without_people(message) if private else message

    def _doubt(self, message: Message) -> Message:
        """The message with what is doubted of its readings beside them."""
        doubts = [
            Doubt(device, kind, at, doubt)
            for device, kind, at, value in map(_PARTS, message.readings)
            if kind in self._doubted
            for doubt in self._quality.judge(device, kind, at, value)
        ]
        return replace(message, doubts=tuple(doubts)) if doubts else message

    def _parse(self, route: _Route, message: Message) -> Message:
        if message.payload_bytes > LARGEST_PAYLOAD:
            raise CodecError(
                "oversize", f"payload: found {message.payload_bytes} bytes, expected at most {LARGEST_PAYLOAD}"
            )
        return route.parse(message)

    def _remember(self, topic: str) -> _Route:
        """The route of a topic, kept for the next message unless nobody takes it: anybody can make up topics."""
        if len(self._routes) >= _MOST_ROUTES:
            self._routes.clear()
        route = self._route(topic)
        if route.known:
            self._routes[topic] = route
        return route

    def _route(self, topic: str) -> _Route:
        root, *levels = topic.split("/")
        if root != self._root:
            network = self.networks.network_of([root, *levels])
            known = partial(self.networks.parse, network, (root, *levels)) if network else self._refuse_topic
            return _Route(READINGS if network else UNKNOWN, known, network is not None)
        stream = self._by_shape.get((len(levels), levels[0], levels[-1])) if levels else None
        stream = stream or (self._by_shape.get((len(levels), levels[0], "+")) if levels else None)
        if stream is None:
            return _Route(UNKNOWN, self._refuse_topic, known=False)
        sender = levels[stream.topic.index("+")]
        return _Route(stream.name, partial(self._parse_stream, stream, sender), known=KEY.fullmatch(sender) is not None)

    def _parse_stream(self, stream: Stream, sender: str, message: Message) -> Message:
        if not KEY.fullmatch(sender):
            raise CodecError("bad-id", f"topic: found {told(sender)}, expected [a-z0-9][a-z0-9-]{{0,63}}")
        if not message.payload and stream.name not in _EMPTY_MEANS_SOMETHING:
            raise CodecError("empty", "payload: found nothing, expected a message")
        return stream.parse(message, sender, self._city)

    def _refuse_topic(self, message: Message) -> Message:
        known = ", ".join("/".join((self._root, *s.topic)) for s in self._by_shape.values())
        raise CodecError("unknown-topic", f"topic: found {told(message.topic)}, expected one of {known}")


def take_apart_anyhow(take_apart: Callable[[Delivery], Message], delivery: Delivery) -> Message:
    """What `take_apart` makes of it, or its refusal as `internal` when that is our mistake. Never raises."""
    try:
        return take_apart(delivery)
    except Exception as error:  # noqa: BLE001 - the named door: our mistake with one message must not stop the stream
        _log.exception("could not take apart a message on %s", delivery.topic)
        bare = Message(
            delivery.topic, delivery.payload, delivery.size, delivery.received_at, UNKNOWN, delivery.redelivered
        )
        refused = bare.refused("internal", f"{type(error).__name__} while reading the message")
        return _without_people(refused) if _is_private(delivery.topic) else refused


def _is_private(topic: str) -> bool:
    """Whether a topic, also one that nobody knows, is about what may name people."""
    return not _PRIVATE.isdisjoint(topic.split("/"))


def _without_people(message: Message) -> Message:
    rejections = tuple(Rejection(found.reason, mask(found.detail)) for found in message.rejections)
    return replace(message, payload=mask_payload(message.payload), rejections=rejections)
