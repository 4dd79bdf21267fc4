"""The real pack: what is drawn must fit what a city brings."""

from __future__ import annotations

import pytest

from sensors.city import City, load_city


@pytest.fixture(scope="session")
def city() -> City:
    return load_city("tangerang")
