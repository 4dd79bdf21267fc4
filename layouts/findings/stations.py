"""What the city's own stations measure of the weather now, and the rain at its gauges judged by BMKG's classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from layouts.findings.rain import rank_of_rain
from layouts.findings.series import latest_of
from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Device, RainClass
from sensors.judge.rain import judge_rain

_TOGETHER = timedelta(hours=1)
"""A reading this much older than the newest of its kind no longer speaks of now."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One kind over its stations: the mean of those heard, and the readings at the lower and the upper end."""

    kind: str
    mean: float | None
    lowest: Row | None
    highest: Row | None
    heard: int
    total: int


@dataclass(frozen=True, slots=True)
class GaugeRain:
    """A rain gauge: mm in the last hour and in 24 hours (None: not heard), and the graver of the two classes."""

    gauge: Device
    hour: float | None
    day: float | None
    found: RainClass | None

    @property
    def rank(self) -> int:
        """How bad, 0 to 3."""
        return rank_of_rain(self.found)


def measured(rows: Rows, city: City, kind: str) -> Measured:
    """The newest readings of a kind at the stations that have it."""
    latest = latest_of(rows.get("latest_readings", ()))
    stations = [device.key for device in city.devices.values() if kind in device.kinds]
    heard = [latest[key, kind] for key in stations if (key, kind) in latest]
    newest = max((row["observed_at"] for row in heard), default=None)
    fresh = [row for row in heard if newest is not None and newest - row["observed_at"] <= _TOGETHER]
    return Measured(
        kind=kind,
        mean=sum(row["value"] for row in fresh) / len(fresh) if fresh else None,
        lowest=min(fresh, key=lambda row: row["value"], default=None),
        highest=max(fresh, key=lambda row: row["value"], default=None),
        heard=len(fresh),
        total=len(stations),
    )


def gauge_rain(rows: Rows, city: City) -> tuple[GaugeRain, ...]:
    """The city's rain gauges, the wettest of the day first; among equals the pack's order."""
    sums = {row["device"]: row for row in rows.get("rain_sums", ())}
    found = [_gauge(device, sums.get(device.key), city) for device in city.devices.values() if "rain" in device.kinds]
    return tuple(sorted(found, key=lambda each: (-each.rank, -(each.day or 0.0))))


def _gauge(device: Device, row: Row | None, city: City) -> GaugeRain:
    hour, day = (known(row[name]) if row else None for name in ("mm_1h", "mm_24h"))
    judged = (
        None if day is None else judge_rain(round(day, 1), "day", city.rain_classes),
        None if hour is None else judge_rain(round(hour, 1), "hour", city.rain_classes),
    )
    graver = max((each for each in judged if each), key=rank_of_rain, default=None)
    return GaugeRain(device, hour, day, graver)
