"""A value at or beyond a bound, at every placed device of a kind or at those named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sensors.alarm import AlarmRule, minutes, source_of
from sensors.kinds import KINDS
from sensors.latch import Bounds, Latch
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "threshold"
KEYS = ("value_of", "devices", "side", "reach", "clear", "on_minutes", "off_minutes", "together")
TOGETHER = ("device", "city")
"""What explains alarms of such a rule: each device by itself, or one thing over the whole city, like a storm."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """`bounds` in the unit of `kind`; without `devices` it concerns every placed device that measures it."""

    kind: str
    devices: tuple[str, ...]
    bounds: Bounds
    together: str


def read(entry: Entry, devices: Mapping[str, Device]) -> Threshold:
    """Raises `CityError` where the clearing bound lies beyond the one that begins it."""
    kind = KINDS[entry.known("value_of", KINDS)]
    above = entry.known("side", ("above", "below")) == "above"
    reach = entry.number("reach", kind.low, kind.high)
    clear = entry.number("clear", kind.low, kind.high)
    if (clear > reach) is above and clear != reach:
        raise entry.wrong("clear", "a bound on the good side of reach, or the same")
    bounds = Bounds(reach, clear, above, minutes(entry, "on_minutes"), minutes(entry, "off_minutes"))
    named = entry.known_all("devices", devices) if entry.cells["devices"] else ()
    return Threshold(kind.key, named, bounds, entry.known("together", TOGETHER))


def watches(rule: AlarmRule, city: City) -> Mapping[tuple[str, str], Latch]:
    """One a device."""
    told: Threshold = rule.bounds
    cause = f"rule/{rule.key}" if told.together == "city" else None
    return {
        (device.key, told.kind): Latch(source_of(device, told.kind, cause=cause), told.bounds)
        for device in city.devices.values()
        if told.kind in device.kinds and (not told.devices or device.key in told.devices)
    }
