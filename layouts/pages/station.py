"""One station of air or noise."""

from layouts.page import page_of

PAGE = page_of(
    "station",
    "/udara/{station}",
    lambda city, options: city.devices[options["station"]].name,
    "station_now",
    "station_course",
    place=41,
    wide=("station_now", "station_course"),
)
