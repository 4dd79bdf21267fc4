"""Inflation year on year as the statistics office publishes it."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="inflation",
    name="Inflasi tahunan",
    unit="%",
    low=-50.0,
    high=1000.0,  # beyond it money is counted otherwise
    decimals=2,
    expected_interval=timedelta(days=1),
    aggregate="last",
    senml_units=("%",),
    example=2.55,
)
