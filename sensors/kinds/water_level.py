"""Height of the water above the gauge's own datum."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="water_level",
    name="Tinggi muka air",
    unit="cm",
    low=-200.0,
    high=2000.0,  # staff gauges of the city read 0-6 m; wider for datums below zero and above sea level
    decimals=0,
    expected_interval=timedelta(minutes=1),
    aggregate="mean",
    senml_units=("cm",),
    example=179.0,
)
