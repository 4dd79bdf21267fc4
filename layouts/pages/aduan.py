"""All cases of all services: how many of each state, and the list, within the filters of the address."""

from layouts.page import page_of

PAGE = page_of(
    "aduan",
    "/aduan",
    lambda _, __: "Aduan dan kasus",
    "case_states",
    place=10,
    menu="Aduan",
    wide=("case_states",),
    controls=True,
    options=("sort", "page"),
)
