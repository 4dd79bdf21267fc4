"""What is doubted of a device's readings, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from layouts.formats import number
from layouts.panel import Row
from sensors.judge.quality import LEAP, NEIGHBOURS, STUCK

WORDS: Mapping[str, str] = MappingProxyType(
    {LEAP: "melonjak", STUCK: "tidak berubah", NEIGHBOURS: "lain dari tetangganya"}
)
"""Why a value is doubted, as it is told; another doubt is told by its own word."""


def doubts_by_kind(rows: Sequence[Row]) -> Mapping[str, str]:
    """From `device_doubts`: `12 tidak berubah, 3 melonjak` by kind, what is doubted most first."""
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: -row["n"]):
        found.setdefault(row["kind"], []).append(f"{number(row['n'])} {WORDS.get(row['doubt'], row['doubt'])}")
    return {kind: ", ".join(words) for kind, words in found.items()}
