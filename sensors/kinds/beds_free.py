"""Beds of a hospital that are free now."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="beds_free",
    name="Tempat tidur kosong",
    unit="tempat tidur",
    low=0.0,
    high=5000.0,  # as beds_total
    decimals=0,
    expected_interval=timedelta(minutes=30),
    aggregate="last",
    senml_units=("count",),
    example=14.0,
)
