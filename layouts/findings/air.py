"""Each air station's ISPU from its running 24-hour means, and how complete those means are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from layouts.findings.series import latest_of, series_of
from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Device
from sensors.judge.ispu import Ispu, judge_ispu
from sensors.kinds import KINDS

POLLUTANTS = ("pm25", "pm10")
COMPLETE = 0.75
"""Below this share of a day's expected readings the mean is called incomplete; the project's own threshold."""
_DAY = timedelta(days=1)
_SEDANG = 1
"""The place of the last category that is nothing to act on."""


@dataclass(frozen=True, slots=True)
class AirFinding:
    """A station: its index (None while it has no mean), how bad (0..3), its newest readings and its last 24 hours."""

    station: Device
    verdict: Ispu | None
    rank: int
    share: float
    readings: Mapping[str, Row]
    trend: tuple[float | None, ...]

    @property
    def complete(self) -> bool:
        """Whether the 24-hour means rest on enough readings to be called that."""
        return self.share >= COMPLETE


def stations(city: City) -> tuple[Device, ...]:
    """The city's air stations in the pack's order."""
    return tuple(device for device in city.devices.values() if "pm25" in device.kinds)


def healthy_limit(city: City, pollutant: str = "pm25") -> float | None:
    """The 24-hour mean (µg/m³) up to which the air is called no worse than the second category ("Sedang")."""
    if len(city.ispu_categories) <= _SEDANG + 1:
        return None
    worse = city.ispu_categories[_SEDANG + 1].low
    return max(
        (row.concentration for row in city.ispu if row.pollutant == pollutant and row.index < worse), default=None
    )


def air_findings(rows: Rows, city: City) -> tuple[AirFinding, ...]:
    """One finding a station, from `latest_readings`, `air_day_means` and (optionally) `air_trend`."""
    latest = latest_of(rows.get("latest_readings", ()))
    trends = series_of(rows.get("air_trend", ()), "device", timedelta(hours=1), 24)
    means: dict[str, dict[str, Row]] = {}
    for row in rows.get("air_day_means", ()):
        if row["kind"] in POLLUTANTS and known(row["mean"]) is not None:
            means.setdefault(row["device"], {})[row["kind"]] = row
    return tuple(
        _finding(city, station, means.get(station.key, {}), latest, trends.get(station.key, ()))
        for station in stations(city)
    )


def worst(findings: tuple[AirFinding, ...]) -> AirFinding | None:
    """The station with the highest index, or None while no station has one."""
    judged = [finding for finding in findings if finding.verdict is not None]
    return max(judged, key=lambda finding: finding.verdict.index if finding.verdict else 0, default=None)


def _finding(
    city: City,
    station: Device,
    means: Mapping[str, Row],
    latest: Mapping[tuple[str, str], Row],
    trend: tuple[float | None, ...],
) -> AirFinding:
    verdict = judge_ispu({kind: float(row["mean"]) for kind, row in means.items()}, city.ispu, city.ispu_categories)
    step = 0 if verdict is None else city.ispu_categories.index(verdict.category)
    return AirFinding(
        station=station,
        verdict=verdict,
        rank=max(step - _SEDANG, 0),
        share=max((_share(kind, row) for kind, row in means.items()), default=0.0),
        readings={kind: latest[station.key, kind] for kind in station.kinds if (station.key, kind) in latest},
        trend=trend,
    )


def _share(kind: str, row: Row) -> float:
    expected = _DAY / KINDS[kind].expected_interval
    return min(float(row["n"]) / expected, 1.0)
