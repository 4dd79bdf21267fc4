"""One commodity over all markets."""

from layouts.page import page_of

PAGE = page_of(
    "harga",
    "/harga/{commodity}",
    lambda city, options: city.commodities[options["commodity"]].name,
    "commodity_now",
    "commodity_course",
    place=51,
)
