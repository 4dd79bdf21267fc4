"""The topic families the room takes in: one module each, collected once, failing with the name of the file.

A stream module defines `NAME` (the file's name), `TOPIC` (the levels below the root, `+` for the sender's id) and
`parse(message, sender, city) -> Message`, which raises `CodecError` when nothing of the message is understood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from data.records import Message
from sensors.city import City
from sensors.registry import modules_in, refuse


@dataclass(frozen=True, slots=True)
class Stream:
    """A topic family. `parse` adds to a bare message what is to be stored of it."""

    name: str
    topic: tuple[str, ...]
    parse: Callable[[Message, str, City], Message]


def _collect() -> Mapping[str, Stream]:
    streams: dict[str, Stream] = {}
    for name, module in modules_in(__name__, __path__).items():
        if (found := getattr(module, "NAME", None)) != name:
            raise refuse(__name__, name, found, f"NAME = {name!r}, like the file")
        topic = tuple(str(getattr(module, "TOPIC", "")).split("/"))
        if topic.count("+") != 1:
            raise refuse(__name__, name, "/".join(topic), "TOPIC with one + for the sender's id")
        if not callable(parse := getattr(module, "parse", None)):
            raise refuse(__name__, name, parse, "parse(message, sender, city)")
        streams[name] = Stream(name, topic, parse)
    return MappingProxyType(streams)


STREAMS: Mapping[str, Stream] = _collect()
"""By name."""
