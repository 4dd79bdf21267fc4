"""Each air station's ISPU from its running 24-hour means, pollutant by pollutant, and how complete those means are.

All seven pollutants go by the mean of the last 24 hours. Officially only PM2.5 is told hourly and the others twice a
day; the wall runs all of them. A mean of too few readings gives an index that is shown but decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from layouts.findings.series import latest_of, series_of
from layouts.formats import NOTHING, known, number
from layouts.panel import Row, Rows
from sensors.city import City, Device, IspuCategory
from sensors.judge.completeness import share_heard
from sensors.judge.ispu import Ispu, category_of, judge_ispu, published
from sensors.kinds import KINDS

WRITTEN: Mapping[str, str] = {"pm25": "PM2,5"}
SEDANG = 1
"""The place of the last category that is nothing to act on."""
_SANE = 1e9  # µg/m³: no mean of readings a kind accepts comes near


@dataclass(frozen=True, slots=True)
class PollutantMean:
    """A pollutant's 24-hour mean in µg/m³, its index and category, and the share (0..1) of the day it rests on."""

    pollutant: str
    mean: float
    index: float
    category: IspuCategory
    beyond_scale: bool
    share: float
    complete: bool

    @property
    def words(self) -> str:
        """The index as it is told."""
        return _told(self.index, beyond=self.beyond_scale)


@dataclass(frozen=True, slots=True)
class AirFinding:
    """A station: its index (None while it has no mean), how bad (0..3), its newest readings and its last 24 hours.

    `complete` means decide alone; only where there is none the others give the index, which then has rank 0.
    """

    station: Device
    verdict: Ispu | None
    means: Mapping[str, PollutantMean]
    complete: bool
    rank: int
    readings: Mapping[str, Row]
    trend: tuple[float | None, ...]

    @property
    def share(self) -> float:
        """The share of 24 hours behind the mean that decides."""
        return 0.0 if self.verdict is None else self.means[self.verdict.pollutant].share

    @property
    def words(self) -> str:
        """The index as it is told: a whole number, `> 500` beyond the table, `–` while there is none."""
        return NOTHING if self.verdict is None else _told(self.verdict.index, beyond=self.verdict.beyond_scale)


def written(pollutant: str) -> str:
    """A pollutant as it is written on screen."""
    return WRITTEN.get(pollutant, KINDS[pollutant].name)


def pollutants(city: City) -> tuple[str, ...]:
    """The pollutants that have breakpoints, in the pack's order."""
    return tuple(dict.fromkeys(row.pollutant for row in city.ispu))


def stations(city: City) -> tuple[Device, ...]:
    """The city's air stations in the pack's order: whatever measures a pollutant of the index."""
    judged = set(pollutants(city))
    return tuple(device for device in city.devices.values() if judged & set(device.kinds))


def healthy_limit(city: City, pollutant: str = "pm25") -> float | None:
    """The 24-hour mean (µg/m³) up to which the air is called no worse than the second category ("Sedang")."""
    if len(city.ispu_categories) <= SEDANG + 1:
        return None
    worse = city.ispu_categories[SEDANG + 1].low
    return max(
        (row.concentration for row in city.ispu if row.pollutant == pollutant and row.index < worse), default=None
    )


def air_findings(rows: Rows, city: City) -> tuple[AirFinding, ...]:
    """One finding a station, from `latest_readings`, `air_day_means` and (optionally) `air_trend`."""
    latest = latest_of(rows.get("latest_readings", ()))
    trends = series_of(rows.get("air_trend", ()), "device", timedelta(hours=1), city.curves.air)
    means: dict[str, dict[str, PollutantMean]] = {}
    for row in rows.get("air_day_means", ()):
        if (found := _mean(city, row)) is not None:
            means.setdefault(row["device"], {})[found.pollutant] = found
    return tuple(
        _finding(city, station, means.get(station.key, {}), latest, trends.get(station.key, ()))
        for station in stations(city)
    )


def worst(findings: Sequence[AirFinding]) -> AirFinding | None:
    """The station with the highest index; one whose day is incomplete only while no other has any, else None."""
    judged = [finding for finding in findings if finding.verdict is not None]
    return max(judged, key=lambda each: (each.complete, each.verdict.index if each.verdict else 0), default=None)


def _mean(city: City, row: Row) -> PollutantMean | None:
    kind, mean = row["kind"], known(row["mean"])
    if mean is None or not 0 <= mean < _SANE or kind not in pollutants(city):
        return None
    verdict = judge_ispu({kind: mean}, city.ispu, city.ispu_categories)
    if verdict is None:
        return None
    share = share_heard(row["hours"], KINDS[kind].expected_interval)
    category, complete = category_of(verdict.index, city.ispu_categories), city.least_shares["ispu"].met_by(share)
    return PollutantMean(kind, mean, verdict.index, category, verdict.beyond_scale, share, complete)


def _finding(
    city: City,
    station: Device,
    means: Mapping[str, PollutantMean],
    latest: Mapping[tuple[str, str], Row],
    trend: tuple[float | None, ...],
) -> AirFinding:
    whole = {kind: each.mean for kind, each in means.items() if each.complete}
    deciding = whole or {kind: each.mean for kind, each in means.items()}
    verdict = judge_ispu(deciding, city.ispu, city.ispu_categories)
    step = city.ispu_categories.index(verdict.category) if verdict is not None and whole else 0
    return AirFinding(
        station=station,
        verdict=verdict,
        means=means,
        complete=bool(whole),
        rank=max(step - SEDANG, 0),
        readings={kind: latest[station.key, kind] for kind in station.kinds if (station.key, kind) in latest},
        trend=trend,
    )


def _told(index: float, *, beyond: bool) -> str:
    return f"{'> ' if beyond else ''}{number(published(index))}"
