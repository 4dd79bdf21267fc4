from __future__ import annotations

import pytest

from sensors.city import City, load_city


@pytest.fixture(scope="session")
def city() -> City:
    """The pack the room ships with."""
    return load_city("tangerang")
