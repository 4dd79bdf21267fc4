"""Streets: the vehicles that pass a junction, how fast they go, and the noise they make."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sensors.virtual_city.chance import count, draw
from sensors.virtual_city.daytime import HOUR
from sensors.virtual_city.moment import Model, Moment

_PASSING = 0.03  # chance that something loud passes
_STUCK = 0.85  # part of the traffic that does not come through where water stands or a fire closes the road
_CRAWL = 0.75  # part of its speed that what still moves there loses


def vehicle_count(moment: Moment) -> float:
    """Vehicles in the interval."""
    peak = 55 + 95 * draw(moment.seed, moment.device.key, "road")  # a minute
    slowed = 1 - 0.18 * (1 - math.exp(-moment.rain_mm(0.5 * HOUR) / 4))
    slowed *= 1 - _STUCK * moment.hindered
    mean = peak * moment.bustle * slowed * (1 + 0.1 * moment.drift("flow", 0.5 * HOUR)) * moment.seconds / 60
    return count(moment.seed, mean, moment.device.key, "vehicles", moment.at)


def vehicle_speed(moment: Moment) -> float:
    """Mean speed in km/h: the fuller and the wetter the road the slower; past standing water or a fire it crawls."""
    free = 38 + 14 * draw(moment.seed, moment.device.key, "free")
    crowded = 1 - (0.35 + 0.2 * draw(moment.seed, moment.device.key, "narrow")) * math.pow(moment.bustle, 1.6)
    wet = 1 - 0.22 * (1 - math.exp(-moment.rain_mm(0.5 * HOUR) / 4))
    flow = free * crowded * wet * (1 - _CRAWL * moment.hindered)
    return max(3.0, flow * (1 + 0.07 * moment.drift("speed", 0.4 * HOUR)) + 0.8 * moment.bell("speed"))


def noise(moment: Moment) -> float:
    """Sound level in dB(A): traffic, rain, now and then a horn or an aircraft."""
    quiet = 44 + 8 * draw(moment.seed, moment.device.key, "quiet")
    loud = 9 * draw(moment.seed, moment.device.key, "near")
    level = quiet + loud + 6.5 * math.log10(1 + 25 * moment.bustle) + 1.4 * moment.bell("noise")
    level += 4 * (1 - math.exp(-moment.rain_mm(600) / 3))
    passing = draw(moment.seed, moment.device.key, "passing", moment.at)
    return level + (12 * passing / _PASSING if passing < _PASSING else 0.0)


MODELS: Mapping[str, Model] = {"vehicle_count": vehicle_count, "vehicle_speed": vehicle_speed, "noise": noise}
