"""The sky: rain cells that cross the city from west to east, and the temperature, humidity and wind they meet.

A cell is a bell of rain that moves at a steady speed, so the amount that falls anywhere between two instants
has a closed form: amounts of neighbouring intervals always add up.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sensors.city import City, Point
from sensors.virtual_city.chance import dice, drift
from sensors.virtual_city.daytime import DAY, HOUR, LocalTime, month, warmth
from sensors.virtual_city.scenario import Scenario

KM_PER_DEGREE = 111.32
# Chance of a day with showers by month: a plausible wet season from November to March, not a climatology.
_WET = (0.75, 0.75, 0.6, 0.5, 0.4, 0.25, 0.18, 0.15, 0.2, 0.35, 0.55, 0.65)
_DAYS_KEPT = 120
_STAGED_LEAD = 0.5 * HOUR  # a staged cell is just reaching the city when its scenario begins


@dataclass(frozen=True, slots=True)
class Extent:
    """The city's bounding box in degrees; distances on it are in km."""

    south: float
    north: float
    west: float
    east: float

    @property
    def km_per_lon(self) -> float:
        """Kilometres per degree of longitude at the city's latitude."""
        return KM_PER_DEGREE * math.cos(math.radians((self.south + self.north) / 2))

    def east_km(self, lon: float) -> float:
        """Kilometres from the western edge."""
        return (lon - self.west) * self.km_per_lon

    def north_km(self, lat: float) -> float:
        """Kilometres from the southern edge."""
        return (lat - self.south) * KM_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Cell:
    """One rain cell: its middle is on the western edge at `arrives` (epoch s), `track_km` north of the southern one."""

    arrives: float
    track_km: float
    radius_km: float  # one standard deviation of the bell
    speed_kmh: float
    peak_mm_h: float

    def total_mm(self, north_km: float) -> float:
        """All the rain the cell leaves at this distance from the southern edge."""
        beside = (north_km - self.track_km) / self.radius_km
        along = self.peak_mm_h * self.radius_km * math.sqrt(2 * math.pi) / self.speed_kmh
        return along * math.exp(-beside * beside / 2)

    def passes(self, east_km: float) -> float:
        """When the middle of the cell is over this distance from the western edge (epoch s)."""
        return self.arrives + east_km / self.speed_kmh * HOUR

    def fallen_mm(self, east_km: float, north_km: float, since: float, until: float) -> float:
        """Rain at a place between two instants."""
        scale = self.radius_km / self.speed_kmh * HOUR * math.sqrt(2)
        middle = self.passes(east_km)
        if since - middle > 3 * scale or middle - until > 3 * scale:
            return 0.0
        share = math.erf((until - middle) / scale) - math.erf((since - middle) / scale)
        return self.total_mm(north_km) * share / 2


@dataclass(frozen=True, slots=True)
class Burst:
    """Rain in the hills upstream: this much (mm) around this instant (epoch s)."""

    at: float
    mm: float


class Weather:
    """The sky over one city for one seed and scenario. Remembers the days it has worked out (bounded)."""

    def __init__(self, seed: int, city: City, scenario: Scenario, begins: float) -> None:
        """`begins` is when the scenario takes over from the season (epoch s)."""
        lats = [s.point.lat for s in city.subdistricts.values()]
        lons = [s.point.lon for s in city.subdistricts.values()]
        self.extent = Extent(min(lats) - 0.01, max(lats) + 0.01, min(lons) - 0.01, max(lons) + 0.01)
        self.city = city
        self.seed = seed
        self.local = LocalTime(city.zone)
        self.scenario = scenario
        self.begins = begins
        self._days: dict[int, tuple[tuple[Cell, ...], tuple[Burst, ...]]] = {}

    def day(self, day: int) -> tuple[tuple[Cell, ...], tuple[Burst, ...]]:
        """The cells that arrive, and the bursts upstream, on one local day."""
        known = self._days.get(day)
        if known is None:
            if len(self._days) > _DAYS_KEPT:
                self._days.clear()
            known = self._days[day] = self._make_day(day)
        return known

    def cells(self, since: float, until: float) -> Iterator[Cell]:
        """The cells that arrive on the days of these instants."""
        for day in range(self.local.day(since), self.local.day(until) + 1):
            yield from self.day(day)[0]

    def bursts(self, since: float, until: float) -> Iterator[Burst]:
        """The bursts upstream on the days of these instants."""
        for day in range(self.local.day(since), self.local.day(until) + 1):
            yield from self.day(day)[1]

    def rain_mm(self, point: Point, since: float, until: float) -> float:
        """Rain at a place between two instants."""
        east, north = self.extent.east_km(point.lon), self.extent.north_km(point.lat)
        return sum(cell.fallen_mm(east, north, since, until) for cell in self.cells(since - 6 * HOUR, until + 3 * HOUR))

    def temperature(self, point: Point, at: float) -> float:
        """Air temperature in °C: the daily cycle, the mood of the week, and what rain takes away."""
        warmer = self.scenario.warmer if at >= self.begins else 0.0
        base = 24.6 + 8.2 * warmth(self.local.hour(at)) + 0.8 * drift(self.seed, "mood", at, 3 * DAY)
        return base + warmer - 5.0 * (1 - math.exp(-self.rain_mm(point, at - HOUR, at) / 6))

    def humidity(self, point: Point, at: float) -> float:
        """Relative humidity in %."""
        drier = self.scenario.drier if at >= self.begins else 0.0
        base = 94 - 33 * warmth(self.local.hour(at)) - drier + 3 * drift(self.seed, "damp", at, DAY)
        return base + (98 - base) * (1 - math.exp(-self.rain_mm(point, at - HOUR, at) / 4))

    def wind(self, point: Point, at: float) -> float:
        """Wind speed in m/s: a sea breeze by day, gusts under a cell."""
        breeze = 0.7 + 2.4 * warmth(self.local.hour(at)) + 0.5 * drift(self.seed, "breeze", at, HOUR)
        return max(0.0, breeze + 0.75 * self.rain_mm(point, at - 600, at + 600))

    def _make_day(self, day: int) -> tuple[tuple[Cell, ...], tuple[Burst, ...]]:
        cells, bursts = self._season(day)
        if not self.scenario.seasonal_rain:
            cells = tuple(c for c in cells if c.arrives < self.begins)
            bursts = tuple(b for b in bursts if b.at < self.begins)
        more_cells, more_bursts = self._staged(day)
        return cells + more_cells, bursts + more_bursts

    def _season(self, day: int) -> tuple[tuple[Cell, ...], tuple[Burst, ...]]:
        chance = dice(self.seed, "sky", day)
        if chance.random() >= _WET[month(day) - 1]:
            return (), ()
        hours = sorted(chance.triangular(12.5, 22.0, 15.5) for _ in range(chance.choice((1, 1, 2, 3))))
        height = self.extent.north_km(self.extent.north)
        cells = tuple(
            Cell(
                arrives=self.local.instant(day, hour),
                track_km=chance.uniform(0, height),
                radius_km=chance.uniform(1.8, 4.5),
                speed_kmh=chance.uniform(9, 18),
                peak_mm_h=min(70.0, chance.lognormvariate(2.9, 0.6)),
            )
            for hour in hours
        )
        hills = Burst(self.local.instant(day, chance.uniform(13, 18)), min(90.0, chance.lognormvariate(3.1, 0.6)))
        return cells, (hills,)

    def _staged(self, day: int) -> tuple[tuple[Cell, ...], tuple[Burst, ...]]:
        staged = self.scenario.staged
        if staged is None:
            return (), ()
        starts, ends = self.local.instant(day, 0), self.local.instant(day, 24)
        every = staged.every_hours * HOUR
        middle = self.extent.north_km(self.extent.north) / 2
        cells = tuple(
            Cell(
                at,
                middle + 2.5 * drift(self.seed, "staged", at, every),
                staged.radius_km,
                staged.speed_kmh,
                staged.peak_mm_h,
            )
            for at in _repeat(self.begins - _STAGED_LEAD, every, starts, ends)
        )
        upstream = _repeat(self.begins - staged.upstream_lead_hours * HOUR, every, starts, ends)
        return cells, tuple(Burst(at, staged.upstream_mm) for at in upstream)


def _repeat(first: float, every: float, since: float, until: float) -> list[float]:
    number = max(0, math.ceil((since - first) / every))
    instants = []
    while first + number * every < until:
        instants.append(first + number * every)
        number += 1
    return instants
