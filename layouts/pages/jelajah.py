"""Any stream, by time and place: what was asked, the answer as chart and table, and the ways to take it along."""

from layouts.page import page_of

PAGE = page_of(
    "jelajah", "/jelajah", lambda _, __: "Jelajah data", "explorer", place=85, menu="Jelajah", wide=("explorer",)
)
