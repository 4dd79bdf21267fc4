"""One kecamatan: why it stands out, kelurahan by kelurahan."""

from layouts.page import page_of

PAGE = page_of(
    "kecamatan",
    "/wilayah/{district}",
    lambda city, options: f"Kec. {city.districts[options['district']].name}",
    "district_reason",
    "district_cases",
    "district_devices",
    wide=("district_reason", "district_cases", "district_devices"),
)
