"""A river at a siaga level or a worse one, each gauge by its own ladder (4 normal … 1 awas: lower is worse)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sensors.alarm import AlarmRule, minutes, source_of
from sensors.latch import Bounds, Latch
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "siaga"
KEYS = ("level", "clear_below_cm", "on_minutes", "off_minutes")
KIND = "water_level"
_DEEPEST = 1000  # cm: no river falls by more before it counts as fallen


@dataclass(frozen=True, slots=True)
class SiagaRule:
    """From the threshold of `level` on; ended once the river is `clear_below` cm under it."""

    level: int
    clear_below: float
    on_delay: timedelta
    off_delay: timedelta


def read(entry: Entry, devices: Mapping[str, Device]) -> SiagaRule:  # noqa: ARG001 - every kind is read alike
    """The level is one of 1, 2 and 3: 4 is normal."""
    return SiagaRule(
        entry.whole("level", 1, 3),
        entry.number("clear_below_cm", 0, _DEEPEST),
        minutes(entry, "on_minutes"),
        minutes(entry, "off_minutes"),
    )


def watches(rule: AlarmRule, city: City) -> Mapping[tuple[str, str], Latch]:
    """One a gauge whose ladder has the level."""
    told: SiagaRule = rule.bounds
    found: dict[tuple[str, str], Latch] = {}
    for device in city.devices.values():
        step = next((step for step in device.ladder.steps if step.level == told.level), None) if device.ladder else None
        if step is not None and KIND in device.kinds:
            bounds = Bounds(step.threshold, step.threshold - told.clear_below, True, told.on_delay, told.off_delay)
            found[device.key, KIND] = Latch(source_of(device, KIND), bounds)
    return found
