"""Relative humidity of the air."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="humidity",
    name="Kelembapan",
    unit="%",
    low=0.0,
    high=100.0,  # relative humidity cannot pass 100 %
    decimals=0,
    expected_interval=timedelta(minutes=1),
    aggregate="mean",
    senml_units=("%RH",),
    example=78.0,
)
