"""Passengers who boarded a line in the interval since its previous reading."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="bus_passengers",
    name="Penumpang",
    unit="orang",
    low=0.0,
    high=20000.0,  # a line of ten buses boards some hundred an hour; room for a day in one reading
    decimals=0,
    expected_interval=timedelta(minutes=5),
    aggregate="sum",
    senml_units=("count",),
    example=18.0,
)
