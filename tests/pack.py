"""The shipped city and everything that can be shown of it."""

from __future__ import annotations

from dashboard.sights import Sights
from layouts.scene import scenes_of
from sensors.city import load_city

CITY = load_city("tangerang")
SCENES = scenes_of(CITY)
SIGHTS = Sights.of(CITY)
OVERVIEW = next(iter(SCENES.values()))
