"""The board of all commodities, and which markets reported."""

from layouts.page import page_of

PAGE = page_of(
    "pasar",
    "/pasar",
    lambda _city, _options: "Harga pasar",
    "market_board",
    "price_alarms",
    "market_reports",
    place=50,
    menu="Pasar",
    wide=("market_board",),
)
