"""All agencies (OPD): who is late, who is slow, the worst on top."""

from layouts.page import page_of

PAGE = page_of("opd", "/opd", lambda _, __: "OPD", "agency_league", place=20, menu="OPD", wide=("agency_league",))
