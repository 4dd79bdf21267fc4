"""Answers to the questions of each theme, one module a theme, for the tests that draw every panel.

A module gives `full(city, now) -> Made`, one sensible answer to each of its questions, and `spoil(rows, city) -> None`,
which makes them hostile in place: long names, huge, negative and missing figures, codes nobody knows.
"""

from __future__ import annotations

import importlib
import pkgutil
from datetime import datetime
from types import ModuleType
from typing import Any

from sensors.city import City

Made = dict[str, list[dict[str, Any]]]


def place_of(city: City) -> str:
    """The kelurahan that answers are about: the first that has a device."""
    return next(device.subdistrict for device in city.devices.values() if device.subdistrict)


def full(city: City, now: datetime) -> Made:
    """The sensible answers of all themes."""
    return {name: rows for module in _modules() for name, rows in module.full(city, now).items()}


def spoil(rows: Made, city: City) -> None:
    """Make the answers of all themes hostile."""
    for module in _modules():
        module.spoil(rows, city)


def _modules() -> list[ModuleType]:
    return [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
