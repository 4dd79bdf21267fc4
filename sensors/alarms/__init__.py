"""The kinds of alarm rules: one module each, collected once, failing with the name of the file.

A module defines `NAME` (the file's name), `KEYS` (what a rule of this kind has in the pack beside what every rule has)
and `read`. It judges readings one by one (`watches`: `sensors.alarm.SeriesKind`), or what stands in the database as a
whole (`QUESTIONS`, `STREAMS` and `judge`: `sensors.alarm.StateKind`). `PAST = True` says that its questions answer for
a moment of the past as well: only then a rule can be tried against history.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from sensors.registry import modules_in, refuse

_SERIES, _STATE = ("watches",), ("QUESTIONS", "STREAMS", "judge")


def _collect() -> Mapping[str, ModuleType]:
    found: dict[str, ModuleType] = {}
    for name, module in modules_in(__name__, __path__).items():
        if (told := getattr(module, "NAME", None)) != name:
            raise refuse(__name__, name, told, f"NAME = {name!r}, like the file")
        for part in ("KEYS", "read"):
            if not hasattr(module, part):
                raise refuse(__name__, name, None, part)
        sorts = [all(hasattr(module, part) for part in parts) for parts in (_SERIES, _STATE)]
        if sum(sorts) != 1:
            raise refuse(__name__, name, sorts, f"either {', '.join(_SERIES)} or {', '.join(_STATE)}")
        found[name] = module
    return MappingProxyType(found)


RULE_KINDS: Mapping[str, ModuleType] = _collect()
"""By name."""


def of_series(kind: str) -> bool:
    """Whether rules of this kind judge readings one by one."""
    return hasattr(RULE_KINDS[kind], "watches")
