"""Services the city's application offers."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="app_services",
    name="Layanan aplikasi",
    unit="layanan",
    low=0.0,
    high=1000.0,  # 14 in 2023; no application has a thousand
    decimals=0,
    expected_interval=timedelta(days=1),
    aggregate="last",
    senml_units=("count",),
    example=14.0,
)
