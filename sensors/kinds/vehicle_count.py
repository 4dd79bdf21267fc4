"""Vehicles that passed in the interval since the device's previous reading."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="vehicle_count",
    name="Kendaraan",
    unit="kendaraan",
    low=0.0,
    high=2000.0,  # eight lanes at saturation flow pass about 270 a minute; room for a five-minute counter
    decimals=0,
    expected_interval=timedelta(minutes=1),
    aggregate="sum",
    senml_units=("count",),
    example=42.0,
)
