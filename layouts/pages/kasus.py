"""One case: its steps, its deadline with the rule, whose it is, where, and what else happened round it."""

from layouts.page import page_of

PAGE = page_of(
    "kasus",
    "/aduan/{service}/{case:path}",
    lambda _, options: f"Kasus {options['case']}",
    "case_facts",
    "case_steps",
    "case_neighbours",
    wide=("case_neighbours",),
)
