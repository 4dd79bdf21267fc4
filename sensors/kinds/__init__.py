"""The kinds of reading the room knows: one module each, collected once, failing with the name of the file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sensors.kind import Kind
from sensors.registry import modules_in, refuse

__all__ = ["KINDS", "Kind"]


def _collect() -> Mapping[str, Kind]:
    kinds: dict[str, Kind] = {}
    for name, module in modules_in(__name__, __path__).items():
        kind = getattr(module, "KIND", None)
        if not isinstance(kind, Kind):
            raise refuse(__name__, name, kind, "KIND = Kind(...)")
        if kind.key != name:
            raise refuse(__name__, name, kind.key, f"the key {name!r}, like the file")
        if not kind.low < kind.high or not kind.accepts(kind.example):
            raise refuse(__name__, name, (kind.low, kind.example, kind.high), "low < high and an example between them")
        kinds[name] = kind
    return MappingProxyType(kinds)


KINDS: Mapping[str, Kind] = _collect()
"""By key."""
