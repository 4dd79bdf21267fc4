"""The ways out: one module each, collected once, failing with the name of the file.

A module defines `NAME` (the file's name), `AGAIN` (whether what was perhaps sent may be sent again, because receivers
know it by its number or because twice is as good as once) and `Sender(channel, outside)` with `send(row)`, which raises
`NotSentError` when it was not taken, and whose construction raises `IngestError` for a channel it cannot serve.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from sensors.registry import modules_in, refuse


def _collect() -> Mapping[str, ModuleType]:
    found: dict[str, ModuleType] = {}
    for name, module in modules_in(__name__, __path__).items():
        if (told := getattr(module, "NAME", None)) != name:
            raise refuse(__name__, name, told, f"NAME = {name!r}, like the file")
        for part in ("AGAIN", "Sender"):
            if not hasattr(module, part):
                raise refuse(__name__, name, None, part)
        found[name] = module
    return MappingProxyType(found)


SENDERS: Mapping[str, ModuleType] = _collect()
"""By name."""
