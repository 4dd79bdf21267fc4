"""Bus lines: passengers who board and vehicles in service, from 05:00 to 19:00 (voi.id 436484)."""

from __future__ import annotations

from collections.abc import Mapping

from sensors.virtual_city.chance import count, draw
from sensors.virtual_city.daytime import HOUR, profile
from sensors.virtual_city.moment import Model, Moment

_OPENS, _CLOSES = 5.0, 19.0
# Passengers a day and the fleet by what a line's key begins with: Tayo 864 041 in 335 days of 2024, four corridors of
# ten buses, Si Benteng 110 452 in 366 days with 80 vans (voi, tvrijakartanews 23968).
_LINES = {"tayo": (645.0, 10), "si-benteng": (302.0, 80)}
_OTHER = (400.0, 8)
_BOARDING = (0, 0, 0, 0, 0, 4, 9, 12, 9, 6, 5.5, 6, 7, 6.5, 6.5, 8, 10, 9.5, 6, 0, 0, 0, 0, 0)
_ALL_DAY = sum(_BOARDING)


def bus_passengers(moment: Moment) -> float:
    """Passengers who boarded in the interval."""
    if not _OPENS <= moment.hour < _CLOSES:
        return 0.0
    daily = _line(moment)[0] * (0.85 + 0.3 * draw(moment.seed, moment.device.key, "liked"))
    daily *= 0.8 if moment.sky.local.weekend(moment.at) else 1.08
    mean = daily * profile(_BOARDING, moment.hour) / _ALL_DAY * moment.seconds / HOUR
    wet = 0.85 if moment.rain_mm(0.5 * HOUR) > 1 else 1.0
    return float(count(moment.seed, mean * wet, moment.device.key, "boarding", moment.at))


def buses_running(moment: Moment) -> float:
    """Vehicles in service: most of the fleet by day, none at night."""
    if not _OPENS <= moment.hour < _CLOSES:
        return 0.0
    fleet = _line(moment)[1]
    part = 0.88 + 0.1 * moment.drift("out", 3 * HOUR)
    if moment.sky.local.weekend(moment.at):
        part -= 0.08
    return float(min(fleet, round(fleet * part)))


def _line(moment: Moment) -> tuple[float, int]:
    return next((line for name, line in _LINES.items() if moment.device.key.startswith(name)), _OTHER)


MODELS: Mapping[str, Model] = {"bus_passengers": bus_passengers, "buses_running": buses_running}
