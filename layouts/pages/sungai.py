"""All rivers: every gauge, upstream first, beside the rain and the floods that people tell of."""

from layouts.page import page_of

PAGE = page_of(
    "sungai",
    "/sungai",
    lambda _city, _options: "Sungai dan hujan",
    "gauges",
    "rain",
    "flood_links",
    place=30,
    menu="Sungai",
    wide=("gauges",),
)
