"""The payload formats the room reads: one module each, collected once, failing with the name of the file.

A module defines `NAME` (the file's name), and one of two sorts:

- `FIRST` and `decode(payload, device, received_at) -> Decoded`: a payload on `<root>/readings/<device>`, in the room's
  own words and recognised by its first byte;
- `TOPICS` and `Decoder(zone)`, a `sensors.telemetry.Decoder`: messages of a network with topics and words of its own.

Whatever bytes arrive, they raise `CodecError` when the whole message is not understood, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType, ModuleType
from typing import Any

from sensors.reading import CodecError, Decoded, Reading, Refusal
from sensors.registry import modules_in, refuse
from sensors.telemetry import Network

__all__ = ["CODECS", "NETWORKS", "Codec", "CodecError", "Decoded", "Reading", "Refusal", "codec_of"]


@dataclass(frozen=True, slots=True)
class Codec:
    """A payload format. `decode` takes the payload, the topic's device and the aware instant of its arrival."""

    name: str
    decode: Callable[[bytes, str, datetime], Decoded]


def _collect() -> tuple[Mapping[str, Codec], Mapping[str, Network], Mapping[int, Codec]]:
    codecs: dict[str, Codec] = {}
    networks: dict[str, Network] = {}
    by_first: dict[int, Codec] = {}
    for name, module in modules_in(__name__, __path__).items():
        if (found := getattr(module, "NAME", None)) != name:
            raise refuse(__name__, name, found, f"NAME = {name!r}, like the file")
        if topics := getattr(module, "TOPICS", ()):
            networks[name] = Network(name, tuple(topics), _callable(name, module, "Decoder"))
            continue
        codecs[name] = Codec(name, _callable(name, module, "decode"))
        for byte in getattr(module, "FIRST", b""):
            if by_first.setdefault(byte, codecs[name]).name != name:
                raise refuse(__name__, name, bytes([byte]), "first bytes that no other codec claims")
    return MappingProxyType(codecs), MappingProxyType(networks), MappingProxyType(by_first)


def _callable(name: str, module: ModuleType, wanted: str) -> Callable[..., Any]:
    found: Callable[..., Any] | None = getattr(module, wanted, None)
    if found is None or not callable(found):
        raise refuse(__name__, name, found, f"{wanted}(...)")
    return found


CODECS, NETWORKS, _BY_FIRST = _collect()
"""By name: the formats of the room's own topic, and those of other networks."""


def codec_of(payload: bytes) -> Codec:
    """The codec of a payload on `<root>/readings/<device>`, by its first byte; what nobody claims must be plain."""
    start = payload.lstrip()[:1]
    return _BY_FIRST.get(start[0], CODECS["plain"]) if start else CODECS["plain"]
