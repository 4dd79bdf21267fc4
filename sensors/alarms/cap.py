"""A warning in force: a bulletin of at least a severity, by BMKG's CAP or the city's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, Source
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "cap"
KEYS = ("severities",)
QUESTIONS = ("bulletins_now",)
STREAMS = frozenset({"bulletins"})
PAST = True
SEVERITIES = ("info", "waspada", "siaga", "awas")


def read(entry: Entry, devices: Mapping[str, Device]) -> tuple[str, ...]:  # noqa: ARG001 - every kind is read alike
    """The severities that are alarms."""
    return entry.known_all("severities", SEVERITIES)


def judge(
    rule: AlarmRule,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    city: City,  # noqa: ARG001 - every kind is judged alike
    now: datetime,  # noqa: ARG001
) -> list[Episode]:
    """One alarm a bulletin, from its onset, or its issue where it says none."""
    severities: tuple[str, ...] = rule.bounds
    found: list[Episode] = []
    for row in rows["bulletins_now"]:
        if row["severity"] in severities:
            key = f"{row['channel']}/{row['id']}"
            areas = [area for area in row["areas"] or () if area]
            district = areas[0][:8] if len({area[:8] for area in areas}) == 1 else None
            source = Source(key, row["title"], cause=f"bulletin/{key}", district=district)
            began = max(row["onset_at"] or row["issued_at"], row["issued_at"])
            found.append(Episode(source, began, detail=row["area_words"] or ""))
    return found
