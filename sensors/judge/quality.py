"""Which values are doubted: those that leap, stand still, or disagree with their neighbours.

The thresholds are the pack's (`quality.csv`), dated and with their source. A doubted value is stored like any other,
with the doubt beside it: who reads it decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sensors.kinds import KINDS
from sensors.pack.devices import Device
from sensors.pack.quality import QualityRule
from sensors.sphere import kilometres

LEAP, STUCK, NEIGHBOURS = "leap", "stuck", "neighbours"
DOUBTS = (LEAP, STUCK, NEIGHBOURS)
LEAST_READINGS = 5
"""Of the same value before it is stuck: a device that speaks once an hour may well say the same twice."""
LEAST_NEIGHBOURS = 2
FRESH_INTERVALS = 3
"""Of its own rhythm: a neighbour's older value says nothing of now."""
_SHORTEST = timedelta(seconds=1)  # what comes quicker is two readings of one moment
MOST_SERIES = 200_000  # remembered; whoever may publish could make up more than memory holds


@dataclass(slots=True)
class _Last:
    at: datetime
    value: float
    since: datetime
    same: int = 1


class QualityJudge:
    """Remembers the last value of every series that a rule concerns. One thread uses it."""

    def __init__(self, rules: Mapping[str, QualityRule], devices: Mapping[str, Device]) -> None:
        self._rules = rules
        self._last: dict[tuple[str, str], _Last] = {}
        self._near = {
            (kind, device.key): _neighbours(device, kind, rule.neighbour_km, devices)
            for kind, rule in rules.items()
            for device in devices.values()
            if rule.neighbour_km is not None and kind in device.kinds
        }

    def judge(self, device: str, kind: str, at: datetime, value: float) -> tuple[str, ...]:
        """What is doubted of a value; nothing of one that comes late or again: it is not what the device says now."""
        rule = self._rules.get(kind)
        if rule is None:
            return ()
        last = self._last.get((device, kind))
        if last is None or at <= last.at:
            if last is None and len(self._last) < MOST_SERIES:
                self._last[device, kind] = _Last(at, value, at)
            return ()
        found = [
            doubt
            for doubt, holds in (
                (LEAP, _leaps(rule, last, at, value)),
                (STUCK, _stands_still(rule, last, at, value)),
                (NEIGHBOURS, self._disagrees(rule, device, at, value)),
            )
            if holds
        ]
        last.since, last.same = (last.since, last.same + 1) if value == last.value else (at, 1)
        last.at, last.value = at, value
        return tuple(found)

    def _disagrees(self, rule: QualityRule, device: str, at: datetime, value: float) -> bool:
        near = self._near.get((rule.kind, device), ())
        fresh = at - FRESH_INTERVALS * KINDS[rule.kind].expected_interval
        values = [last.value for key in near if (last := self._last.get((key, rule.kind))) and last.at >= fresh]
        if len(values) < LEAST_NEIGHBOURS or rule.neighbour_difference is None:
            return False
        return abs(value - median(values)) > rule.neighbour_difference


def _leaps(rule: QualityRule, last: _Last, at: datetime, value: float) -> bool:
    if rule.most_per_minute is None:
        return False
    minutes = max(at - last.at, _SHORTEST) / timedelta(minutes=1)
    return abs(value - last.value) > rule.most_per_minute * max(1.0, minutes)


def _stands_still(rule: QualityRule, last: _Last, at: datetime, value: float) -> bool:
    if rule.stuck_after is None or value != last.value:
        return False
    return last.same + 1 >= LEAST_READINGS and at - last.since >= rule.stuck_after


def _neighbours(device: Device, kind: str, km: float | None, devices: Mapping[str, Device]) -> tuple[str, ...]:
    here = (device.point.lat, device.point.lon)
    others = (other for other in devices.values() if other.key != device.key and kind in other.kinds)
    return tuple(each.key for each in others if kilometres(here, (each.point.lat, each.point.lon)) <= (km or 0))
