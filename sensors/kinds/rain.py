"""Rain fallen in the interval since the device's previous reading."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="rain",
    name="Hujan",
    unit="mm",
    low=0.0,
    high=150.0,  # 150 mm in one interval is beyond a BMKG extreme day (150 mm/day): a stuck tipping bucket
    decimals=1,
    expected_interval=timedelta(minutes=5),
    aggregate="sum",
    senml_units=("mm",),
    example=0.4,
)
