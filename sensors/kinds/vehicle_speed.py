"""Mean speed of the vehicles that passed in the interval."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="vehicle_speed",
    name="Kecepatan",
    unit="km/h",
    low=0.0,
    high=150.0,  # faster is a fault of the loop, not a driver
    decimals=0,
    expected_interval=timedelta(minutes=1),
    aggregate="mean",
    senml_units=("km/h",),
    example=31.0,
)
