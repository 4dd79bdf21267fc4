"""The mayor's page: what is wrong now, what changed since the last visit, which agency is late, how the goals stand."""

from layouts.page import page_of

PAGE = page_of(
    "pimpinan",
    "/pimpinan",
    lambda _city, _options: "Pimpinan",
    "attention", "changes", "due", "agencies", "goals",
    place=10,
    menu="Pimpinan",
    wide=("attention", "agencies", "goals"),
)  # fmt: skip
