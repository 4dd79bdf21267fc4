"""Distance and direction between two points of the earth, taken as a sphere: good to half a percent."""

from __future__ import annotations

import math

_KM_A_DEGREE = 111.2

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


def kilometres(one: Place, other: Place) -> float:
    """The great-circle distance (haversine)."""
    lat, lon, to_lat, to_lon = map(math.radians, (*one, *other))
    half = math.sin((to_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * math.degrees(math.asin(math.sqrt(min(1.0, half)))) * _KM_A_DEGREE


def bearing(one: Place, other: Place) -> float:
    """In which direction the other place lies, in degrees from north over east, 0 to 360."""
    lat, lon, to_lat, to_lon = map(math.radians, (*one, *other))
    east = math.sin(to_lon - lon) * math.cos(to_lat)
    north = math.cos(lat) * math.sin(to_lat) - math.sin(lat) * math.cos(to_lat) * math.cos(to_lon - lon)
    return math.degrees(math.atan2(east, north)) % 360
