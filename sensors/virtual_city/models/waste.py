"""Waste over a weighbridge: trucks by day, about 1 400 t in all (1 400 to 1 500 t/day, tribun 2022-01-04)."""

from __future__ import annotations

from collections.abc import Mapping

from sensors.virtual_city.chance import count, draw
from sensors.virtual_city.daytime import HOUR, profile
from sensors.virtual_city.moment import Model, Moment

_DAILY = 1420.0  # t
_TRUCK = 5.6  # t a load, one truck with another
_HOURS = (.5, .3, .2, .3, 1, 3, 6, 8, 9, 9.5, 9, 7.5, 6, 6.5, 8, 7.5, 6, 4.5, 3, 2, 1.5, 1, .8, .6)  # fmt: skip
_ALL_HOURS = sum(_HOURS)


def waste_tonnage(moment: Moment) -> float:
    """Tonnes weighed in the interval."""
    hourly = profile(_HOURS, moment.hour) / _ALL_HOURS * _DAILY
    if moment.sky.local.weekend(moment.at):
        hourly *= 0.93
    trucks = count(moment.seed, hourly * moment.seconds / HOUR / _TRUCK, moment.device.key, "trucks", moment.at)
    load = _TRUCK * (0.92 + 0.16 * draw(moment.seed, moment.device.key, "load", moment.at))
    return trucks * load


MODELS: Mapping[str, Model] = {"waste_tonnage": waste_tonnage}
