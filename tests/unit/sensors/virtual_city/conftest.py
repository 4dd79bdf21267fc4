"""Worlds over the real city pack, at instants that do not depend on the day of the run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sensors.city import City, load_city
from sensors.virtual_city.scenario import SCENARIOS
from sensors.virtual_city.world import World

MONDAY = datetime(2026, 11, 16, tzinfo=ZoneInfo("Asia/Jakarta")).timestamp()
"""Local midnight at the start of a working day in the wet season."""

MakeWorld = Callable[..., World]


@pytest.fixture(scope="session")
def pack() -> City:
    return load_city("tangerang")


@pytest.fixture
def make_world(pack: City) -> MakeWorld:
    def make(scenario: str = "season", seed: int = 1, begins: float = MONDAY) -> World:
        return World.of(pack, seed, SCENARIOS[scenario], begins)

    return make
