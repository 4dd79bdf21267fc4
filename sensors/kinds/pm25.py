"""Fine particles up to 2.5 µm."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="pm25",
    name="PM2,5",
    unit="µg/m³",
    low=0.0,
    high=1000.0,  # the usual upper end of optical monitors; ISPU itself ends at 500 µg/m³
    decimals=1,
    expected_interval=timedelta(minutes=1),
    aggregate="mean",
    senml_units=("ug/m3",),
    example=40.2,
)
