"""One device, also one that no pack places."""

from layouts.page import page_of

PAGE = page_of(
    "device",
    "/perangkat/{device}",
    lambda city, options: (
        city.devices[options["device"]].name if options["device"] in city.devices else options["device"]
    ),
    "device_now",
    "device_course",
    place=61,
    wide=("device_now", "device_course"),
)
