"""How high the sun stands: by it street lights burn, and by it a feeder that is dark at night is judged."""

from __future__ import annotations

import math
from datetime import datetime

_EPOCH_DAYS = 10957.5  # from 1970-01-01 to 2000-01-01 12:00 UTC
_DAY = 86400.0
_PHOTOCELL = -3.0  # degrees: photocells switch a little after sunset and before sunrise


def sun_height(at: float, lat: float, lon: float) -> float:
    """Degrees of the sun above the horizon at epoch seconds (low-precision almanac, good to a minute)."""
    days = at / _DAY - _EPOCH_DAYS
    anomaly = math.radians(357.528 + 0.9856003 * days)
    longitude = math.radians(280.46 + 0.9856474 * days + 1.915 * math.sin(anomaly))
    tilt = math.radians(23.439)
    declination = math.asin(math.sin(tilt) * math.sin(longitude))
    ascension = math.atan2(math.cos(tilt) * math.sin(longitude), math.cos(longitude))
    sidereal = math.radians((280.46062 + 360.98564737 * days + lon) % 360)
    latitude = math.radians(lat)
    height = math.sin(latitude) * math.sin(declination)
    height += math.cos(latitude) * math.cos(declination) * math.cos(sidereal - ascension)
    return math.degrees(math.asin(max(-1.0, min(1.0, height))))


def dark(at: float, lat: float, lon: float) -> bool:
    """Whether the sun is below the height at which street lights burn."""
    return sun_height(at, lat, lon) < _PHOTOCELL


def height_at(at: datetime, lat: float, lon: float) -> float:
    """Degrees of the sun above the horizon at an aware time."""
    return sun_height(at.timestamp(), lat, lon)
