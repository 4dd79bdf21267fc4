"""Visitors counted in the interval since the previous reading."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="visitors",
    name="Pengunjung",
    unit="orang",
    low=0.0,
    high=100000.0,  # a full stadium within minutes
    decimals=0,
    expected_interval=timedelta(minutes=15),
    aggregate="sum",
    senml_units=("count",),
    example=35.0,
)
