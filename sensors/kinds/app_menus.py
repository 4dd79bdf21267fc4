"""Menus the city's application offers."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="app_menus",
    name="Menu aplikasi",
    unit="menu",
    low=0.0,
    high=5000.0,  # 36 in 2023
    decimals=0,
    expected_interval=timedelta(days=1),
    aggregate="last",
    senml_units=("count",),
    example=36.0,
)
