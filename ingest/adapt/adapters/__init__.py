"""Records of other offices' systems as messages of ours: one module each, collected once, failing with the file's name.

A module defines `NAME` (the file's name with hyphens) and `messages(body, city)`, which gives each record of a document
as an `Adapted`, and raises `AdapterError` for a document that is none of that system. It copies what a message of ours
holds and nothing else: whoever reported stays where they reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from ingest.adapt.adapted import Adapted
from sensors.city import City
from sensors.registry import modules_in, refuse

Adapter = Callable[[bytes, City], Iterator[Adapted]]


def _collect() -> Mapping[str, Adapter]:
    found: dict[str, Adapter] = {}
    for name, module in modules_in(__name__, __path__).items():
        told = getattr(module, "NAME", None)
        if told != name.replace("_", "-"):
            raise refuse(__name__, name, told, f"NAME = {name.replace('_', '-')!r}, like the file")
        if not callable(getattr(module, "messages", None)):
            raise refuse(__name__, name, None, "messages(body, city)")
        found[told] = module.messages
    return MappingProxyType(found)


ADAPTERS: Mapping[str, Adapter] = _collect()
"""By name."""
