"""A device of which nothing was heard for a number of its own intervals.

The time is derived from the newest reading at each judging, never stored: a flag that is kept may lie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, source_of
from sensors.kinds import KINDS
from sensors.pack.devices import PLACES, Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "silence"
KEYS = ("places", "intervals")
QUESTIONS = ("alarm_heard", "maintenance_now")
STREAMS = frozenset({"readings", "devices"})
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Silence:
    """Devices at these places, silent for so many of their shortest intervals."""

    places: tuple[str, ...]
    intervals: float


def read(entry: Entry, devices: Mapping[str, Device]) -> Silence:  # noqa: ARG001 - every kind is read alike
    """Places as in devices.csv."""
    return Silence(entry.known_all("places", PLACES), entry.number("intervals", 1, _MOST))


def judge(rule: AlarmRule, rows: Mapping[str, Sequence[Mapping[str, Any]]], city: City, now: datetime) -> list[Episode]:
    """Those heard once and not any more; who never spoke is no alarm but a task. Who is worked on may be silent."""
    told: Silence = rule.bounds
    worked_on = {row["device"] for row in rows["maintenance_now"]}
    found: list[Episode] = []
    for row in rows["alarm_heard"]:
        device = city.devices.get(row["device"])
        if device is None or device.place not in told.places or device.key in worked_on or not device.kinds:
            continue
        kind = min(device.kinds, key=lambda key: KINDS[key].expected_interval)
        began = row["observed_at"] + KINDS[kind].expected_interval * told.intervals
        if began <= now:
            # Devices of one place and agency that fall silent together share what explains it: their gateway.
            cause = f"silence/{device.place}/{device.agency or ''}"
            found.append(Episode(source_of(device, kind, cause=cause), began))
    return found
