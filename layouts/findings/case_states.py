"""How cases stand whatever their service calls it: five states, in the words of the desk's filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class State:
    """A state of cases: its word in an address and on screen, and the roles of the statuses it covers."""

    key: str
    title: str
    roles: tuple[str, ...]


OPEN = "terbuka"
NO_AGENCY_KEY = "tanpa"
"""Stands in an address for cases that name no agency."""
STATES: Mapping[str, State] = MappingProxyType(
    {
        state.key: state
        for state in (
            State(OPEN, "Terbuka", ("waiting", "working")),
            State("menunggu", "Menunggu", ("waiting",)),
            State("dikerjakan", "Dikerjakan", ("working",)),
            State("selesai", "Selesai", ("done",)),
            State("ditutup", "Ditutup tanpa dikerjakan", ("dismissed",)),
        )
    }
)
"""By the word of an address. The first covers the next two; the others are apart, and add up to all cases."""

FILTERS = (
    "service",
    "state",
    "status",
    "agency",
    "district",
    "subdistrict",
    "category",
    "overdue",
    "days",
    "from",
    "to",
)
"""What decides which cases there are, by the names of `layouts.options`."""
COLUMNS = ("opened", "changed", "service", "status", "agency", "place", "about")
SORTS = (*COLUMNS, *(f"-{column}" for column in COLUMNS))
"""In which order cases may be listed, a `-` for the other way round; times begin with the newest."""
