"""A factory that burns: where and when, how its smoke drifts, and which roads it closes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sensors.city import Point, Subdistrict
from sensors.virtual_city.chance import draw
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.weather import KM_PER_DEGREE, Weather

_STARTS = 240.0  # s after its scenario has begun, then once a day
_LASTS = 4 * HOUR  # until the smoke is gone
_GROWS = 0.25 * HOUR  # until it burns in full
_DUST = 260.0  # µg/m³ of fine dust beside it: a sample
_SMOKE_KM, _CLOSED_KM = 2.5, 1.2  # how far it is felt, one standard deviation


@dataclass(frozen=True, slots=True)
class Fire:
    """A fire that breaks out at an instant (epoch s) in a kelurahan."""

    at: float
    where: Subdistrict

    def burns(self, at: float) -> float:
        """How much it burns, 0 to 1: it grows within minutes and is put out over hours."""
        age = at - self.at
        return 0.0 if not 0 < age < _LASTS else min(1.0, age / _GROWS, 2 * (1 - age / _LASTS))

    def near(self, place: Point, reach_km: float, km_per_lon: float) -> float:
        """1 at the fire, fading over so many kilometres (one standard deviation)."""
        north = (place.lat - self.where.point.lat) * KM_PER_DEGREE
        east = (place.lon - self.where.point.lon) * km_per_lon
        return math.exp(-(north * north + east * east) / (2 * reach_km * reach_km))


def fires(sky: Weather, since: float, until: float) -> Iterator[Fire]:
    """The fires of (since, until], each in a kelurahan beside an air station, so that the smoke is measured."""
    if not sky.scenario.fire:
        return
    first = sky.begins + _STARTS
    number = max(0, math.floor((since - first) / DAY) + 1)
    while first + number * DAY <= until:
        yield Fire(first + number * DAY, _place(sky, number))
        number += 1


def smoke(sky: Weather, place: Point, at: float) -> float:
    """Fine dust (µg/m³) that smoke adds at a place."""
    return _DUST * _felt(sky, place, at, _SMOKE_KM)


def closed(sky: Weather, place: Point, at: float) -> float:
    """How much a fire and those who fight it hinder whoever is at a place, 0 to 1."""
    return _felt(sky, place, at, _CLOSED_KM)


def _felt(sky: Weather, place: Point, at: float, reach_km: float) -> float:
    width = sky.extent.km_per_lon
    return max((f.burns(at) * f.near(place, reach_km, width) for f in fires(sky, at - _LASTS, at)), default=0.0)


def _place(sky: Weather, number: int) -> Subdistrict:
    stations = [device.point for device in sky.city.devices.values() if "pm25" in device.kinds]
    places = list(sky.city.subdistricts.values())
    chosen = draw(sky.seed, "fire", number)
    if not stations:
        return places[int(chosen * len(places))]
    near = stations[int(chosen * len(stations))]
    return min(places, key=lambda each: math.hypot(each.point.lat - near.lat, each.point.lon - near.lon))
