"""One gauge: where it stands on its ladder, and how it came there."""

from layouts.page import page_of

PAGE = page_of(
    "gauge",
    "/sungai/{gauge}",
    lambda city, options: city.devices[options["gauge"]].name,
    "gauge_now",
    "gauge_course",
    place=31,
)
