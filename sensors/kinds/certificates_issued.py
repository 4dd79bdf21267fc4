"""Electronic certificates issued in the interval since the previous reading."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="certificates_issued",
    name="Sertifikat elektronik",
    unit="sertifikat",
    low=0.0,
    high=100000.0,  # more in an interval than a city issues in a year
    decimals=0,
    expected_interval=timedelta(hours=1),
    aggregate="sum",
    senml_units=("count",),
    example=12.0,
)
