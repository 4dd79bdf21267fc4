"""The rain gauges nearest to a place, with what fell there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from layouts.formats import known
from layouts.panel import Rows
from sensors.city import City, Device
from sensors.sphere import kilometres

NEAREST = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A rain gauge, how far it is, and its sums in order of time."""

    device: Device
    km: float
    points: tuple[tuple[datetime, float], ...]


def nearest(place: Device, rows: Rows, city: City) -> list[Near]:
    """The nearest rain gauges, the nearest first, from `rain_course`."""
    sums: dict[str, list[tuple[datetime, float]]] = {}
    for row in rows.get("rain_course", ()):
        if (mm := known(row["mm"])) is not None:
            sums.setdefault(row["device"], []).append((row["bucket"], mm))
    found = [
        Near(device, kilometres(_at(place), _at(device)), tuple(sums.get(device.key, ())))
        for device in city.devices.values()
        if "rain" in device.kinds and device is not place
    ]
    return sorted(found, key=lambda near: near.km)[:NEAREST]


def _at(device: Device) -> tuple[float, float]:
    return device.point.lat, device.point.lon
