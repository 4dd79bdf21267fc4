"""One kecamatan: why it stands out, kelurahan by kelurahan."""

from layouts.page import page_of

PAGE = page_of(
    "wilayah",
    "/wilayah/{district}",
    lambda city, options: f"Kecamatan {city.districts[options['district']].name}",
    "district_cases",
    wide=("district_cases",),
)
