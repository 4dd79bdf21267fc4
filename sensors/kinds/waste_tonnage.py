"""Waste weighed in the interval since the device's previous reading."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="waste_tonnage",
    name="Sampah ditimbang",
    unit="t",
    low=0.0,
    high=500.0,  # about 1 400 t arrive in a whole day (tribun 2022-01-04)
    decimals=2,
    expected_interval=timedelta(minutes=15),
    aggregate="sum",
    senml_units=("t",),
    example=21.5,
)
