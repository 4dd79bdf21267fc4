"""Treated water leaving a waterworks."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="water_production",
    name="Produksi air",
    unit="l/s",
    low=0.0,
    high=20000.0,  # IPA Sitanala was built for 2 x 500 l/s (tempo 2017); room for every works of a region
    decimals=0,
    expected_interval=timedelta(minutes=5),
    aggregate="mean",
    senml_units=("l/s",),
    example=920.0,
)
