"""A device of which nothing was heard for a number of its own intervals while somebody listened.

The time is derived from the newest reading at each judging, never stored: a flag that is kept may lie. A room that was
off has not heard anybody, which is not the devices' silence: it counts from when a worker listens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, listening_since, open_since, silent_since, source_of
from sensors.kinds import KINDS
from sensors.pack.devices import PLACES, Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "silence"
KEYS = ("places", "intervals")
QUESTIONS = ("alarm_heard", "maintenance_now", "components", "alarms_lately")
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


def judge(
    rule: AlarmRule, rows: Mapping[str, Sequence[Mapping[str, Any]]], city: City, now: datetime
) -> list[Episode] | None:
    """Those heard once and not any more; who never spoke is no alarm but a task. Who is worked on may be silent.

    None while nobody listens: then nothing can be said.
    """
    told: Silence = rule.bounds
    since = listening_since(rows["components"])
    if since is None:
        return None
    known = open_since(rule, rows["alarms_lately"])
    worked_on = {row["device"] for row in rows["maintenance_now"]}
    found: list[Episode] = []
    for row in rows["alarm_heard"]:
        device = city.devices.get(row["device"])
        if device is None or device.place not in told.places or device.key in worked_on or not device.kinds:
            continue
        kind = min(device.kinds, key=lambda key: KINDS[key].expected_interval)
        # Devices of one place and agency that fall silent together share what explains it: their gateway.
        source = source_of(device, kind, cause=f"silence/{device.place}/{device.agency or ''}")
        patience = KINDS[kind].expected_interval * told.intervals
        began = silent_since(row["observed_at"], since, patience, known.get(source.key))
        if began <= now:
            found.append(Episode(source, began))
    return found
