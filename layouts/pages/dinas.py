"""One agency: what is open and late there, by which rule, and how long its cases take."""

from layouts.case_words import agency
from layouts.page import page_of

PAGE = page_of(
    "dinas",
    "/opd/{agency}",
    lambda city, options: f"OPD {agency(options['agency'], city)}",
    "agency_now",
    "agency_times",
    "agency_cases",
    wide=("agency_cases",),
)
