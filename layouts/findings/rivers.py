"""Each gauge's level on its own ladder, how fast it moves, and how far the next worse step is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from layouts.findings.series import latest_of, series_of
from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Device
from sensors.judge.siaga import Siaga, hours_to_next, judge_siaga
from sensors.kinds import KINDS
from sensors.pack.completeness import LeastShare
from sensors.sphere import kilometres

STEP = timedelta(minutes=15)
MILDEST = 4
HOUR = timedelta(hours=1)
STEADY = 1.0
"""Slower than this (cm/h) a river is called steady; the project's own threshold."""


@dataclass(frozen=True, slots=True)
class GaugeFinding:
    """A gauge: newest level (cm), siaga (None without a level or a ladder), and cm/h.

    `heard` is the part (0 to 1) of the last full hour's readings that came; None where nobody counted them. With too
    few of them there is no rate.
    """

    gauge: Device
    row: Row | None
    siaga: Siaga | None
    rate: float | None
    trend: tuple[float | None, ...]
    heard: float | None = None

    @property
    def hours(self) -> float | None:
        """Hours to the next worse step as the river rises now; None when it does not rise or is at the worst."""
        if self.siaga is None or self.rate is None or self.rate < STEADY:
            return None
        return hours_to_next(self.siaga, self.rate)

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


def downstream(gauge: Device, city: City) -> tuple[tuple[Device, float], ...]:
    """The city's gauges on the same river as one upstream of it, the nearest first, with the straight way in km."""
    here = gauge.point.lat, gauge.point.lon
    found = [each for each in gauges(city) if each.river == gauge.river and gauge.river and not each.upstream]
    ways = [(each, kilometres(here, (each.point.lat, each.point.lon))) for each in found]
    return tuple(sorted(ways, key=lambda way: way[1]))


def points_of(city: City) -> int:
    """How many means of a quarter of an hour the curve of a level has."""
    return int(timedelta(hours=city.curves.rivers) / STEP)


def gauge_findings(rows: Rows, city: City) -> tuple[GaugeFinding, ...]:
    """One finding a gauge in the pack's order, from `latest_readings` and (optionally) `gauge_trend`."""
    latest = latest_of(rows.get("latest_readings", ()))
    trends = series_of(rows.get("gauge_trend", ()), "device", STEP, points_of(city))
    heard, enough = _heard(rows.get("gauge_trend", ())), city.least_shares["pace"]
    return tuple(
        _finding(gauge, latest.get((gauge.key, "water_level")), trends.get(gauge.key, ()), heard.get(gauge.key), enough)
        for gauge in gauges(city)
    )


def by_urgency(findings: Sequence[GaugeFinding]) -> list[GaugeFinding]:
    """Worst first; among equals the pack's order, so that rows move only when a river changes its step."""
    return sorted(findings, key=lambda finding: -finding.rank)


def _heard(rows: Sequence[Row]) -> dict[str, float]:
    """By gauge, the part of the readings expected in the four quarters before the newest one (which is not over)."""
    end = max((row["bucket"] for row in rows), default=None)
    counts: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        if end is not None and "n" in row and row["bucket"] >= end - HOUR:
            counts[row["device"]] += (known(row["n"]) or 0.0) * (row["bucket"] < end)
    return {device: min(1.0, n / (HOUR / KINDS["water_level"].expected_interval)) for device, n in counts.items()}


def _finding(
    gauge: Device, row: Row | None, trend: tuple[float | None, ...], heard: float | None, enough: LeastShare
) -> GaugeFinding:
    ladder = gauge.ladder
    siaga = judge_siaga(float(row["value"]), ladder) if row is not None and ladder is not None else None
    rate = _rate(trend) if heard is None or enough.met_by(heard) else None
    return GaugeFinding(gauge, row, siaga, rate, trend, heard)


def _rate(trend: Sequence[float | None]) -> float | None:
    """Centimetres an hour, from the last hour's quarter-hour means."""
    there = [(index, value) for index, value in enumerate(trend) if value is not None]
    if not there or there[-1][0] < len(trend) - 2:
        return None
    end, newest = there[-1]
    first = next(((index, value) for index, value in there if index >= end - 4), (end, newest))
    hours = (end - first[0]) * (STEP / timedelta(hours=1))
    return None if hours == 0 else known((newest - first[1]) / hours)
