"""Beds a hospital has."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="beds_total",
    name="Tempat tidur",
    unit="tempat tidur",
    low=0.0,
    high=5000.0,  # the largest hospitals of the country have fewer
    decimals=0,
    expected_interval=timedelta(minutes=30),
    aggregate="last",
    senml_units=("count",),
    example=66.0,
)
