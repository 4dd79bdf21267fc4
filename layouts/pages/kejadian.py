"""What happened in a span of time, as a report that can be printed: figures, place, courses, sequence, basis."""

from layouts import links
from layouts.findings.incident import objection
from layouts.page import page_of

PAGE = page_of(
    "kejadian", links.INCIDENT, lambda _city, _options: "Laporan kejadian",
    "incident", "incident_map", "incident_courses", "incident_events", "incident_basis",
    place=8, wide=("incident", "incident_map", "incident_courses", "incident_events", "incident_basis"),
    objects=objection,
)  # fmt: skip
