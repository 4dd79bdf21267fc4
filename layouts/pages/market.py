"""One market: what it reported and what is missing."""

from layouts.page import page_of

PAGE = page_of(
    "market",
    "/pasar/{market}",
    lambda city, options: city.markets[options["market"]].name,
    "market_goods",
    place=52,
    wide=("market_goods",),
)
