"""Discharge of a river."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="water_flow",
    name="Debit air",
    unit="m³/s",
    low=0.0,
    high=2000.0,  # the Cisadane carried 424.5 m³/s on 2015-11-08 (republika nxkjye346)
    decimals=1,
    expected_interval=timedelta(minutes=5),
    aggregate="mean",
    senml_units=("m3/s",),
    example=75.0,
)
