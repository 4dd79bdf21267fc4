"""Rivers at a gauge: the height of the water and its discharge (how far it has risen: `waters`)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sensors.virtual_city.daytime import HOUR
from sensors.virtual_city.moment import Model, Moment
from sensors.virtual_city.waters import bounds, swell


def water_level(moment: Moment) -> float:
    """Height of the water in the gauge's unit."""
    base, top = bounds(moment.device.ladder)
    ripple = 0.015 * moment.drift("ripple", 20 * 60) + 0.03 * moment.drift("gate", 9 * HOUR)
    return base + (top - base) * (_swell(moment) + ripple) + 0.3 * moment.bell("staff")


def water_flow(moment: Moment) -> float:
    """Discharge in m³/s: 50 to 100 is usual, 424.5 was a flood (republika nxkjye346)."""
    return 70 + 20 * moment.drift("flow", 12 * HOUR) + 330 * math.pow(max(0.0, _swell(moment)), 1.3)


def _swell(moment: Moment) -> float:
    return swell(moment.seed, moment.sky, moment.device, moment.at)


MODELS: Mapping[str, Model] = {"water_level": water_level, "water_flow": water_flow}
