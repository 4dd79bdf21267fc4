"""Each gauge's level on its own ladder, how fast it moves, and how far the next worse step is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from layouts.findings.series import latest_of, series_of
from layouts.panel import Row, Rows
from sensors.city import City, Device
from sensors.judge.siaga import Siaga, judge_siaga

STEP = timedelta(minutes=15)
POINTS = 48
MILDEST = 4
STEADY = 1.0
"""Slower than this (cm/h) a river is called steady; the project's own threshold."""


@dataclass(frozen=True, slots=True)
class GaugeFinding:
    """A gauge: newest level (cm), siaga (None without a level or a ladder), and cm/h."""

    gauge: Device
    row: Row | None
    siaga: Siaga | None
    rate: float | None
    trend: tuple[float | None, ...]

    @property
    def rank(self) -> int:
        """How bad, from 0 (siaga 4, normal) to 3 (siaga 1, awas)."""
        return 0 if self.siaga is None else rank_of(self.siaga.level)

    @property
    def words(self) -> str:
        """`Siaga 1 (awas)`: number and word always together, since a lower number is worse; empty while unknown."""
        return "" if self.siaga is None else f"Siaga {self.siaga.level} ({self.siaga.step.word.lower()})"


def rank_of(level: int) -> int:
    """How bad a siaga level is, from 0 (4, normal) to 3 (1, awas)."""
    return MILDEST - level


def gauges(city: City) -> tuple[Device, ...]:
    """The city's river gauges in the pack's order."""
    return tuple(device for device in city.devices.values() if "water_level" in device.kinds)


def gauge_findings(rows: Rows, city: City) -> tuple[GaugeFinding, ...]:
    """One finding a gauge in the pack's order, from `latest_readings` and (optionally) `gauge_trend`."""
    latest = latest_of(rows.get("latest_readings", ()))
    trends = series_of(rows.get("gauge_trend", ()), "device", STEP, POINTS)
    return tuple(
        _finding(gauge, latest.get((gauge.key, "water_level")), trends.get(gauge.key, ())) for gauge in gauges(city)
    )


def by_urgency(findings: Sequence[GaugeFinding]) -> list[GaugeFinding]:
    """Worst first; among equals the pack's order, so that rows move only when a river changes its step."""
    return sorted(findings, key=lambda finding: -finding.rank)


def _finding(gauge: Device, row: Row | None, trend: tuple[float | None, ...]) -> GaugeFinding:
    ladder = gauge.ladder
    siaga = judge_siaga(float(row["value"]), ladder) if row is not None and ladder is not None else None
    return GaugeFinding(gauge, row, siaga, _rate(trend), trend)


def _rate(trend: Sequence[float | None]) -> float | None:
    """Centimetres an hour, from the last hour's quarter-hour means."""
    there = [(index, value) for index, value in enumerate(trend) if value is not None]
    if not there or there[-1][0] < len(trend) - 2:
        return None
    end, newest = there[-1]
    first = next(((index, value) for index, value in there if index >= end - 4), (end, newest))
    hours = (end - first[0]) * (STEP / timedelta(hours=1))
    return None if hours == 0 else (newest - first[1]) / hours
