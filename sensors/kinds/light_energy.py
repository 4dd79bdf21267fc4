"""Electric energy a street-light feeder drew in the interval since its previous reading."""

from __future__ import annotations

from datetime import timedelta

from sensors.kind import Kind

KIND = Kind(
    key="light_energy",
    name="Energi lampu jalan",
    unit="kWh",
    low=0.0,
    high=2000.0,  # a feeder of a thousand lamps draws less than 200 kW; room for hours in one reading
    decimals=2,
    expected_interval=timedelta(minutes=15),
    aggregate="sum",
    senml_units=("kWh",),
    example=1.35,
)
