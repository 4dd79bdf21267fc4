"""Street lamps of a feeder that burn now."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="lamps_lit",
    name="Lampu menyala",
    unit="lampu",
    low=0.0,
    high=5000.0,  # a feeder serves some dozens to a thousand lamps
    decimals=0,
    expected_interval=timedelta(minutes=5),
    aggregate="last",
    senml_units=("count",),
    example=58.0,
)
