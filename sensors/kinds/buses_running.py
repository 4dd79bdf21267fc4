"""Vehicles of a line in service now."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="buses_running",
    name="Armada jalan",
    unit="unit",
    low=0.0,
    high=1000.0,  # the whole fleet of a region
    decimals=0,
    expected_interval=timedelta(minutes=5),
    aggregate="last",
    senml_units=("count",),
    example=8.0,
)
