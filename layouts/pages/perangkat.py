"""All devices, with filters."""

from layouts.page import page_of

PAGE = page_of(
    "perangkat",
    "/perangkat",
    lambda _city, _options: "Perangkat",
    "devices",
    place=60,
    menu="Perangkat",
    wide=("devices",),
)
