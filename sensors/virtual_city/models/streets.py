"""Streets: the vehicles that pass a junction, the noise they make, and the street lights above them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sensors.virtual_city.chance import count, draw
from sensors.virtual_city.daytime import HOUR, dark
from sensors.virtual_city.moment import Model, Moment

_LAMP = 90.0  # W
_FAULTY = 0.03  # chance that a feeder has a bad night
_PASSING = 0.03  # chance that something loud passes
_STUCK = 0.85  # part of the traffic that does not come through where water stands or a fire closes the road
_DIM_FROM, _DIM_UNTIL = 23.0, 4.0


def vehicle_count(moment: Moment) -> float:
    """Vehicles in the interval."""
    peak = 55 + 95 * draw(moment.seed, moment.device.key, "road")  # a minute
    slowed = 1 - 0.18 * (1 - math.exp(-moment.rain_mm(0.5 * HOUR) / 4))
    slowed *= 1 - _STUCK * moment.hindered
    mean = peak * moment.bustle * slowed * (1 + 0.1 * moment.drift("flow", 0.5 * HOUR)) * moment.seconds / 60
    return count(moment.seed, mean, moment.device.key, "vehicles", moment.at)


def noise(moment: Moment) -> float:
    """Sound level in dB(A): traffic, rain, now and then a horn or an aircraft."""
    quiet = 44 + 8 * draw(moment.seed, moment.device.key, "quiet")
    loud = 9 * draw(moment.seed, moment.device.key, "near")
    level = quiet + loud + 6.5 * math.log10(1 + 25 * moment.bustle) + 1.4 * moment.bell("noise")
    level += 4 * (1 - math.exp(-moment.rain_mm(600) / 3))
    passing = draw(moment.seed, moment.device.key, "passing", moment.at)
    return level + (12 * passing / _PASSING if passing < _PASSING else 0.0)


def light_power(moment: Moment) -> float:
    """Power of a street-light feeder in W: on from dusk to dawn, dimmed after 23:00, a faulty night now and then."""
    point = moment.device.point
    if not dark(moment.at, point.lat, point.lon):
        return 2.0 + draw(moment.seed, moment.device.key, "meter")
    lamps = 30 + math.floor(50 * draw(moment.seed, moment.device.key, "lamps"))
    dimmed = 0.7 if moment.hour >= _DIM_FROM or moment.hour < _DIM_UNTIL else 1.0
    night = moment.sky.local.day(moment.at - 12 * HOUR)
    faulty = 0.3 if draw(moment.seed, moment.device.key, "fault", night) < _FAULTY else 1.0
    return lamps * _LAMP * dimmed * faulty * (1 + 0.008 * moment.bell("power"))


MODELS: Mapping[str, Model] = {"vehicle_count": vehicle_count, "noise": noise, "light_power": light_power}
