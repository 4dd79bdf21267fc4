"""The reports: what can be had as a document, of which day, week or month."""

from layouts import links
from layouts.page import page_of

PAGE = page_of(
    "laporan", links.REPORTS, lambda _city, _options: "Laporan", "reports", place=80, menu="Laporan", wide=("reports",)
)
