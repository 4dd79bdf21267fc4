"""Where a device stands, in words: its kecamatan, and whether the point is only about right."""

from __future__ import annotations

from sensors.city import City, Device


def position_words(device: Device, city: City) -> str:
    """`Karawaci`, `Karawaci, posisi perkiraan`, or `di luar kota` for a gauge upstream."""
    place = "hulu, di luar kota" if device.district is None else city.districts[device.district].name
    return f"{place}, posisi perkiraan" if device.point.approximate else place
