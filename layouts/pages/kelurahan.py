"""One kelurahan: why it is red, whose the cases are, and what is usual there."""

from collections.abc import Mapping

from layouts.page import page_of
from sensors.city import City


def _title(city: City, options: Mapping[str, str]) -> str:
    place = city.subdistricts[options["subdistrict"]]
    return f"Kel. {place.name}, {city.districts[place.district].name}"


PAGE = page_of(
    "kelurahan",
    "/kelurahan/{subdistrict}",
    _title,
    "subdistrict_reason",
    "subdistrict_cases",
    "subdistrict_weeks",
    "subdistrict_devices",
    wide=("subdistrict_reason", "subdistrict_cases"),
)
