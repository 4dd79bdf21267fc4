"""Cases a service says it has received since the start of the year."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="cases_total",
    name="Kasus masuk (rekap)",
    unit="kasus",
    low=0.0,
    high=10000000.0,  # several for each inhabitant
    decimals=0,
    expected_interval=timedelta(hours=1),
    aggregate="last",
    senml_units=("count",),
    example=12080.0,
)
