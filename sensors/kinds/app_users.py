"""People who used the city's application in the interval since the previous reading."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="app_users",
    name="Pengguna aplikasi",
    unit="orang",
    low=0.0,
    high=1000000.0,  # half a large city within minutes is a fault
    decimals=0,
    expected_interval=timedelta(minutes=5),
    aggregate="sum",
    senml_units=("count",),
    example=240.0,
)
