"""Downloads of the city's application so far."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="app_downloads",
    name="Unduhan aplikasi",
    unit="unduhan",
    low=0.0,
    high=100000000.0,  # every inhabitant of a large city many times over
    decimals=0,
    expected_interval=timedelta(hours=1),
    aggregate="last",
    senml_units=("count",),
    example=1062235.0,
)
