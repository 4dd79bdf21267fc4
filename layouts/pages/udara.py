"""The air, the noise and the weather at all stations."""

from layouts.page import page_of

PAGE = page_of(
    "udara",
    "/udara",
    lambda _city, _options: "Udara dan bising",
    "ispu",
    "noise",
    "weather_measured",
    place=40,
    menu="Udara",
    wide=("ispu", "noise"),
)
