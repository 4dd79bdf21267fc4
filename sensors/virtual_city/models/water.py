"""Drinking water: what the works produce, the pressure it keeps in a zone, and the houses connected."""

from __future__ import annotations

from collections.abc import Mapping

from sensors.virtual_city.chance import draw
from sensors.virtual_city.daytime import DAY, HOUR, profile
from sensors.virtual_city.moment import Model, Moment

_CAPACITY = 1000.0  # l/s, IPA Sitanala 2 x 500 (tempo 2017)
_DEMAND = (
    .55, .5, .48, .5, .66, .92, 1, .96, .85, .76, .72, .72,
    .74, .72, .7, .74, .84, .95, .97, .9, .8, .72, .64, .58,
)  # fmt: skip
_CONNECTED, _COUNTED, _A_DAY = 165_000, 739_657, 38  # about 165 000 on 2026-02-10 (tangerangkota 61681)


def water_production(moment: Moment) -> float:
    """Water leaving the works in l/s: near capacity when the city wakes, less at night and while a filter is washed."""
    day = moment.sky.local.day(moment.at)
    washing = draw(moment.seed, moment.device.key, "wash", day)
    low = 0.88 if abs(moment.hour - 24 * washing) < 1 else 1.0
    share = 0.78 + 0.19 * profile(_DEMAND, moment.hour)
    return _CAPACITY * low * share * (1 + 0.012 * moment.drift("works", 2 * HOUR)) + 2 * moment.bell("works")


def water_pressure(moment: Moment) -> float:
    """Pressure in bar: falls where and when much is drawn."""
    end = draw(moment.seed, moment.device.key, "end")  # how far from the works the zone lies
    still = 1.95 - 0.35 * end
    drop = (0.45 + 0.4 * end) * profile(_DEMAND, moment.hour)
    return still - drop + 0.08 * moment.drift("zone", 5 * HOUR) + 0.01 * moment.bell("zone")


def water_connections(moment: Moment) -> float:
    """Houses connected so far, more every working day."""
    days = moment.sky.local.day(moment.at) - _COUNTED
    return _CONNECTED + _A_DAY * days + round(20 * moment.drift("connected", 9 * DAY))


MODELS: Mapping[str, Model] = {
    "water_production": water_production,
    "water_pressure": water_pressure,
    "water_connections": water_connections,
}
