"""Mean wind speed."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="wind_speed",
    name="Kecepatan angin",
    unit="m/s",
    low=0.0,
    high=75.0,  # cup anemometers end at 75 m/s
    decimals=1,
    expected_interval=timedelta(minutes=1),
    aggregate="mean",
    senml_units=("m/s",),
    example=2.3,
)
