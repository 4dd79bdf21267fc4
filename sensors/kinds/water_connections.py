"""House connections of the waterworks."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="water_connections",
    name="Sambungan air",
    unit="sambungan",
    low=0.0,
    high=10000000.0,  # more than any city has houses
    decimals=0,
    expected_interval=timedelta(days=1),
    aggregate="last",
    senml_units=("count",),
    example=165000.0,
)
