"""Regions that have taken over applications of this city."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="replicating_regions",
    name="Daerah replikasi",
    unit="daerah",
    low=0.0,
    high=600.0,  # Indonesia has 552 provinces, regencies and cities
    decimals=0,
    expected_interval=timedelta(days=1),
    aggregate="last",
    senml_units=("count",),
    example=47.0,
)
