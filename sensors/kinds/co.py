"""Carbon monoxide."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="co",
    name="CO",
    unit="µg/m³",
    low=0.0,
    high=100000.0,  # the ISPU's last breakpoint is 45 000; a street canyon in a jam stays below 100 000
    decimals=0,
    expected_interval=timedelta(minutes=5),
    aggregate="mean",
    senml_units=("ug/m3",),
    example=1900.0,
)
