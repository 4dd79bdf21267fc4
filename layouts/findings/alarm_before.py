"""What came before an alarm and may be its cause: upstream on its river, in the same kecamatan, else the nearest.

Alarms about the instruments, about those who answer and about prices (silence, deadlines) bring about nothing that
other alarms tell of; they are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from layouts.findings.alarms import Alarm, alarm_of
from layouts.panel import Row
from sensors.city import City
from sensors.sphere import kilometres

MOST = 8
"""As many as one reads beside an alarm; the report of the incident holds them all."""
_APART = frozenset({"deadline", "feed", "market", "price", "silence"})
"""Kinds of rules whose alarms bring about no others."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An alarm that came earlier, by how much, and how far away: 0 km for what lies upstream or holds for the city.

    `river` is that of its gauge, where it has one.
    """

    alarm: Alarm
    by: timedelta
    km: float
    river: str = ""


def earlier_of(one: Row, rows: Sequence[Row], city: City) -> tuple[tuple[Earlier, ...], int]:
    """From `alarm_before`: the likeliest in the order of time, and how many others there were."""
    found = [_earlier(one, alarm_of(row, city), city) for row in rows]
    found = [each for each in found if each.alarm.rule is None or each.alarm.rule.kind not in _APART]
    found.sort(key=lambda each: (each.km, -each.alarm.rank, each.by))
    shown = sorted(found[:MOST], key=lambda each: (-each.by, each.alarm.row["id"]))
    return tuple(shown), len(found) - len(shown)


def _earlier(one: Row, alarm: Alarm, city: City) -> Earlier:
    row, device = alarm.row, city.devices.get(alarm.row["device"] or "")
    by: timedelta = one["raised_at"] - row["raised_at"]
    river = (device.river or "") if device else ""
    if device is not None and device.upstream:
        own = city.devices.get(one["device"] or "")
        near = own is None or not own.river or own.river == river  # of another river it is only far away
    else:
        near = row["district"] is None or row["district"] == one["district"]
    if near:
        return Earlier(alarm, by, 0.0, river)
    if None in (one["lat"], one["lon"], row["lat"], row["lon"]):
        return Earlier(alarm, by, inf, river)
    return Earlier(alarm, by, kilometres((one["lat"], one["lon"]), (row["lat"], row["lon"])), river)
