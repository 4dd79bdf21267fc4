"""Cases a service says it works on of this year's."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="cases_working",
    name="Kasus diproses (rekap)",
    unit="kasus",
    low=0.0,
    high=10000000.0,  # as cases_total
    decimals=0,
    expected_interval=timedelta(hours=1),
    aggregate="last",
    senml_units=("count",),
    example=19.0,
)
