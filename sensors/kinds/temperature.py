"""Air temperature."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="temperature",
    name="Suhu",
    unit="°C",
    low=-10.0,
    high=60.0,  # no lowland of Java comes near either end: beyond them the probe is broken or in the sun
    decimals=1,
    expected_interval=timedelta(minutes=1),
    aggregate="mean",
    senml_units=("Cel",),
    example=28.5,
)
