"""A-weighted sound level."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="noise",
    name="Kebisingan",
    unit="dB(A)",
    low=20.0,
    high=140.0,  # from a quiet studio to the threshold of pain
    decimals=1,
    expected_interval=timedelta(minutes=1),
    aggregate="mean",
    senml_units=("dBA", "dB"),
    example=63.4,
)
