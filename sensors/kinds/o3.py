"""Ozone."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="o3",
    name="O₃",
    unit="µg/m³",
    low=0.0,
    high=2000.0,  # the ISPU's last breakpoint is 1 000
    decimals=1,
    expected_interval=timedelta(minutes=5),
    aggregate="mean",
    senml_units=("ug/m3",),
    example=62.0,
)
