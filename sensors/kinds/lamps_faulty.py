"""Street lamps of a feeder known to be broken."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="lamps_faulty",
    name="Lampu rusak",
    unit="lampu",
    low=0.0,
    high=5000.0,  # at most every lamp of the feeder
    decimals=0,
    expected_interval=timedelta(minutes=5),
    aggregate="last",
    senml_units=("count",),
    example=2.0,
)
