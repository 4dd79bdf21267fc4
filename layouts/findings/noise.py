"""Each sound level meter's last 24 hours by KEP-48: levels of day, night and both against the level of its zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log10

from layouts.findings.series import latest_of, series_of
from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Device, NoiseLimit, NoiseZone
from sensors.judge.completeness import share_heard
from sensors.judge.noise import NoiseJudgement, judge_noise
from sensors.kinds import KINDS

KIND = "noise"
HOURS = 24
WITHIN, TOLERATED, EXCEEDED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class NoiseFinding:
    """A meter, the level wanted in its zone, its Lsm judged (None without a zone, or an hour of day and night).

    `share` (0..1) of the day's readings was heard; `trend` is LAeq in dB(A) hour by hour.
    """

    meter: Device
    zone: NoiseZone | None
    limit: NoiseLimit | None
    verdict: NoiseJudgement | None
    share: float
    hours_heard: int
    complete: bool
    row: Row | None
    trend: tuple[float | None, ...]

    @property
    def rank(self) -> int:
        """0 within the zone's level or not to be said, 1 within the tolerance, 2 above it."""
        if self.verdict is None or not self.complete or self.verdict.over <= 0:
            return WITHIN
        return EXCEEDED if self.verdict.exceeded else TOLERATED


def meters(city: City) -> tuple[Device, ...]:
    """The city's sound level meters in the pack's order."""
    return tuple(device for device in city.devices.values() if KIND in device.kinds)


def noise_findings(rows: Rows, city: City) -> tuple[NoiseFinding, ...]:
    """One finding a meter in the pack's order, from `noise_hours` and (optionally) `latest_readings`."""
    latest = latest_of(rows.get("latest_readings", ()))
    hours = [{**row, "value": row["level"]} for row in rows.get("noise_hours", ()) if _sound(row)]
    trends = series_of(hours, "device", timedelta(hours=1), HOURS)
    by_meter: dict[str, list[Row]] = {}
    for row in hours:
        by_meter.setdefault(row["device"], []).append(row)
    return tuple(
        _finding(city, meter, by_meter.get(meter.key, ()), latest.get((meter.key, KIND)), trends.get(meter.key, ()))
        for meter in meters(city)
    )


def by_excess(findings: Sequence[NoiseFinding]) -> list[NoiseFinding]:
    """Worst first; among equals the pack's order, so that rows move only when a verdict changes."""
    return sorted(findings, key=lambda finding: -finding.rank)


def _sound(row: Row) -> bool:
    """Whether a row holds a level that the kind accepts, and readings behind it."""
    level = known(row["level"])
    return level is not None and KINDS[KIND].accepts(level) and row["n"] > 0


def _finding(
    city: City, meter: Device, hours: Sequence[Row], row: Row | None, trend: tuple[float | None, ...]
) -> NoiseFinding:
    zone = city.noise_zones.get(meter.key)
    limit = city.noise_limits[zone.zone] if zone is not None else None
    counts = _by_hour(city, hours)
    share = share_heard((n for n, _ in counts.values()), KINDS[KIND].expected_interval)
    levels = {hour: 10 * log10(energy / n) for hour, (n, energy) in counts.items()}
    return NoiseFinding(
        meter=meter,
        zone=zone,
        limit=limit,
        verdict=judge_noise(levels, limit) if limit is not None else None,
        share=share,
        hours_heard=len(counts),
        complete=city.least_shares[KIND].met_by(share),
        row=row,
        trend=trend,
    )


def _by_hour(city: City, hours: Sequence[Row]) -> Mapping[int, tuple[int, float]]:
    """Readings and energy by local hour of day: the hour that has begun and what is left of it from the day before."""
    found: dict[int, tuple[int, float]] = {}
    for row in hours:
        hour = row["bucket"].astimezone(city.zone).hour
        n, energy = found.get(hour, (0, 0.0))
        found[hour] = (n + row["n"], energy + row["n"] * 10 ** (float(row["level"]) / 10))
    return found
