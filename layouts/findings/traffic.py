"""Junctions: how fast and how full the road is, against the same hour of the last seven days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from layouts.findings.usual import Compared, compare, courses_of, usual_of
from layouts.formats import known
from layouts.panel import Rows
from sensors.city import City, Device
from sensors.kinds import KINDS

EXPECTED = timedelta(hours=1) / KINDS["vehicle_count"].expected_interval
_STEADY = 5.0
"""Junctions whose speeds (km/h) differ by less keep the pack's order: rows should not dance."""


@dataclass(frozen=True, slots=True)
class Junction:
    """Mean speed (km/h) of a quarter of an hour and vehicles of an hour, each beside its usual.

    `heard` is the share (0 to 1) of the hour's counts that arrived; `course` the speed hour by hour.
    """

    device: Device
    speed: Compared
    vehicles: Compared
    heard: float
    course: tuple[float | None, ...]


def junctions_of(rows: Rows, city: City, now: datetime) -> tuple[Junction, ...]:
    """Every junction, the worst first, then the slowest."""
    answers = {row["device"]: row for row in rows.get("traffic_now", ())}
    speeds, hourly = usual_of(rows, "mean"), usual_of(rows, "hourly")
    courses = courses_of(rows, "vehicle_speed", city)
    found = []
    for device in city.devices.values():
        if "vehicle_speed" not in device.kinds:
            continue
        key, row = device.key, answers.get(device.key, {})
        speed, vehicles = known(row.get("speed")), known(row.get("vehicles"))
        found.append(
            Junction(
                device,
                compare(city, speed, speeds.get((key, "vehicle_speed")), "vehicle_speed", now),
                compare(city, vehicles, hourly.get((key, "vehicle_count")), "vehicle_count", now),
                min(1.0, float(row.get("counts") or 0) / EXPECTED),
                courses.get(key, ()),
            )
        )
    return tuple(sorted(found, key=_urgency))


def middle_speed(junctions: tuple[Junction, ...], city: City, now: datetime) -> Compared:
    """The median of the junctions' speeds beside the median of what is usual at them."""
    heard = [each.speed for each in junctions if each.speed.value is not None]
    usual = [each.usual for each in heard if each.usual is not None]
    value = median(each.value for each in heard if each.value is not None) if heard else None
    return compare(city, value, median(usual) if usual else None, "vehicle_speed", now)


def _urgency(junction: Junction) -> tuple[int, float]:
    speed = junction.speed.value
    return -junction.speed.rank, float("inf") if speed is None else speed // _STEADY
