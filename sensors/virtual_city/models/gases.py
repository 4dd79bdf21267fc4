"""Gases at a station: what traffic, chimneys and fuel give off, held by the night, washed by rain; ozone by the sun.

Ozone is made from the others by sunlight and eaten by fresh exhaust, so it peaks past noon and is low in the rush hour.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from sensors.virtual_city.chance import draw, drift
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.moment import Model, Moment

# Usual 24-hour means (µg/m³) of an inland Indonesian city with industry; none of the city's own is published.
_SO2, _CO, _O3, _NO2, _HC = 24.0, 1300.0, 55.0, 32.0, 22.0
_PEAK, _BROAD = 13.0, 3.2  # local hour of the most ozone, and how many hours its hump is wide


def so2(moment: Moment) -> float:
    """Sulphur dioxide in µg/m³: chimneys that run day and night, so nearly flat, with plumes that pass."""
    plume = 0.35 * max(0.0, moment.drift("plume", 1.5 * HOUR))
    return _given(moment, "so2", _SO2, 0.85 + 0.25 * _still(moment) + plume, soluble=0.6)


def co(moment: Moment) -> float:
    """Carbon monoxide in µg/m³: traffic, held near the ground by night; rain does not wash it."""
    return _given(moment, "co", _CO, 0.5 + 0.7 * moment.bustle + 0.3 * _still(moment), soluble=0.05)


def no2(moment: Moment) -> float:
    """Nitrogen dioxide in µg/m³: traffic, with its two peaks on a working day."""
    return _given(moment, "no2", _NO2, 0.4 + 0.85 * moment.bustle + 0.25 * _still(moment), soluble=0.35)


def hc(moment: Moment) -> float:
    """Hydrocarbons in µg/m³: exhaust, and fuel that evaporates on a warm afternoon."""
    return _given(moment, "hc", _HC, 0.6 + 0.45 * moment.bustle + 0.25 * _sun(moment), soluble=0.15)


def o3(moment: Moment) -> float:
    """Ozone in µg/m³: the sun makes it, clouds that rain and fresh exhaust take it."""
    clouded = math.exp(-moment.rain_mm(3 * HOUR) / 4)
    made = 0.35 + 1.9 * _sun(moment) * (0.35 + 0.65 * clouded) - 0.2 * moment.bustle * (1 - _sun(moment))
    return _given(moment, "o3", _O3, made, soluble=0.1)


def _given(moment: Moment, gas: str, usual: float, cycle: float, soluble: float) -> float:
    place = 0.75 + 0.5 * draw(moment.seed, moment.device.key, gas)
    days = 1 + 0.2 * drift(moment.seed, "air-mass", moment.at, 2.5 * DAY) + 0.08 * moment.drift(gas, 2 * HOUR)
    haze = moment.sky.scenario.haze if moment.at >= moment.sky.begins else 1.0
    trapped = 1 + 0.6 * (haze - 1)  # still air holds gases too, though less than dust, which also grows in it
    washed = 1 - soluble * (1 - math.exp(-moment.rain_mm(3 * HOUR) / 5))
    return max(0.5, usual * place * max(cycle, 0.1) * days * trapped * washed * (1 + 0.04 * moment.bell(gas)))


def _still(moment: Moment) -> float:
    """How firmly the night's inversion holds: 1 at 02:30, 0 at 14:30."""
    return 0.5 * (1 + math.cos((moment.hour - 2.5) / 24 * 2 * math.pi))


def _sun(moment: Moment) -> float:
    return math.exp(-(((moment.hour - _PEAK) / _BROAD) ** 2))


MODELS: Mapping[str, Model] = {"so2": so2, "co": co, "o3": o3, "no2": no2, "hc": hc}
