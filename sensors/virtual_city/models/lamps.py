"""Street lights of a feeder: lamps that burn, lamps that are broken, the power they draw and its energy."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from sensors.sun import dark
from sensors.virtual_city.chance import draw
from sensors.virtual_city.daytime import HOUR
from sensors.virtual_city.moment import Model, Moment

_LAMP = 90.0  # W
_BAD_NIGHT = 0.03  # chance that a feeder has a night on which most lamps fail
_BAD_SHARE = 0.7
_BROKEN_SHARE = 0.05  # at most so many wait for repair on an ordinary night
_DIM_FROM, _DIM_UNTIL, _DIMMED = 23.0, 4.0, 0.7
_STEPS = 3  # parts of an interval over which its power is added up


def lamps_faulty(moment: Moment) -> float:
    """Broken lamps, the same from noon to noon: what the controller found in the night."""
    night = moment.sky.local.day(moment.at - 12 * HOUR)
    bad = draw(moment.seed, moment.device.key, "fault", night) < _BAD_NIGHT
    share = _BAD_SHARE if bad else _BROKEN_SHARE * draw(moment.seed, moment.device.key, "broken", night // 3)
    return math.floor(share * _lamps(moment))


def lamps_lit(moment: Moment) -> float:
    """Lamps that burn now: all that are not broken from dusk to dawn."""
    return _lamps(moment) - lamps_faulty(moment) if _night(moment) else 0.0


def light_power(moment: Moment) -> float:
    """Power in W: on from dusk to dawn, dimmed after 23:00, by day only the meter's own."""
    return _power(moment) * (1 + 0.008 * moment.bell("power"))


def light_energy(moment: Moment) -> float:
    """Energy in kWh of the interval: its power added up."""
    part = moment.seconds / _STEPS
    middles = (moment.at - moment.seconds + (number + 0.5) * part for number in range(_STEPS))
    return sum(_power(replace(moment, at=at)) for at in middles) * part / HOUR / 1000


def _power(moment: Moment) -> float:
    if not _night(moment):
        return 2.0 + draw(moment.seed, moment.device.key, "meter")
    dimmed = _DIMMED if moment.hour >= _DIM_FROM or moment.hour < _DIM_UNTIL else 1.0
    return lamps_lit(moment) * _LAMP * dimmed


def _night(moment: Moment) -> bool:
    return dark(moment.at, moment.device.point.lat, moment.device.point.lon)


def _lamps(moment: Moment) -> int:
    return 30 + math.floor(50 * draw(moment.seed, moment.device.key, "lamps"))


MODELS: Mapping[str, Model] = {
    "lamps_lit": lamps_lit,
    "lamps_faulty": lamps_faulty,
    "light_power": light_power,
    "light_energy": light_energy,
}
