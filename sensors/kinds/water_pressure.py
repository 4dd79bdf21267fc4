"""Pressure in the distribution network of a zone."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="water_pressure",
    name="Tekanan air",
    unit="bar",
    low=0.0,
    high=25.0,  # pipes of a city network burst before
    decimals=2,
    expected_interval=timedelta(minutes=5),
    aggregate="mean",
    senml_units=("bar",),
    example=1.2,
)
