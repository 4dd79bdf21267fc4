"""Particles up to 10 µm."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="pm10",
    name="PM10",
    unit="µg/m³",
    low=0.0,
    high=2000.0,  # dust of building sites can pass 1000; ISPU itself ends at 500 µg/m³
    decimals=1,
    expected_interval=timedelta(minutes=1),
    aggregate="mean",
    senml_units=("ug/m3",),
    example=61.0,
)
