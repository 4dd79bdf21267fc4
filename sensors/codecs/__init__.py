"""The payload formats the room reads: one module each, collected once, failing with the name of the file.

A codec module defines `NAME` (the file's name) and `decode(payload, device, received_at) -> Decoded`, which raises
`CodecError` when the whole message is not understood, and nothing else for whatever bytes arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sensors.reading import CodecError, Decoded, Reading, Refusal
from sensors.registry import modules_in, refuse

__all__ = ["CODECS", "Codec", "CodecError", "Decoded", "Reading", "Refusal", "codec_of"]


@dataclass(frozen=True, slots=True)
class Codec:
    """A payload format. `decode` takes the payload, the topic's device and the aware instant of its arrival."""

    name: str
    decode: Callable[[bytes, str, datetime], Decoded]


def _collect() -> Mapping[str, Codec]:
    codecs: dict[str, Codec] = {}
    for name, module in modules_in(__name__, __path__).items():
        if (found := getattr(module, "NAME", None)) != name:
            raise refuse(__name__, name, found, f"NAME = {name!r}, like the file")
        if not callable(decode := getattr(module, "decode", None)):
            raise refuse(__name__, name, decode, "decode(payload, device, received_at)")
        codecs[name] = Codec(name, decode)
    return MappingProxyType(codecs)


CODECS: Mapping[str, Codec] = _collect()
"""By name."""


def codec_of(payload: bytes) -> Codec:
    """The codec of a payload on `<root>/readings/<device>`: an array is SenML, everything else must be plain."""
    return CODECS["senml" if payload.lstrip()[:1] == b"[" else "plain"]
