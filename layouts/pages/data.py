"""The feeds: what comes in, how late, what is refused, who writes it, and how whole it is."""

from layouts.page import page_of

PAGE = page_of(
    "data",
    "/data",
    lambda _city, _options: "Aliran data",
    "streams",
    "rejects",
    "rejected_messages",
    "workers",
    "feeds",
    "health",
    "silence",
    place=70,
    menu="Data",
    wide=("streams", "rejects", "rejected_messages"),
)
