"""Electric power drawn by a street-light feeder."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="light_power",
    name="Daya lampu jalan",
    unit="W",
    low=0.0,
    high=200000.0,  # a feeder of a thousand lamps stays below 200 kW
    decimals=0,
    expected_interval=timedelta(minutes=5),
    aggregate="mean",
    senml_units=("W",),
    example=5400.0,
)
