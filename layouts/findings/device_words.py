"""How devices are told, chosen and put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from layouts import html, parts
from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.findings.health import STATES, WHOLE, DeviceHealth, SeriesHealth
from layouts.formats import NOTHING, number, percent

UNPLACED = "unplaced"
FILTERS = ("kind", "agency", "district", "only", "order")
"""The choices of the address that decide which devices are listed, and in which order."""
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "station": "stasiun udara",
        "gauge": "pos duga air",
        "rain": "pos hujan",
        "junction": "simpang",
        "noise": "pos kebisingan",
        "street-light": "lampu jalan",
        "weighbridge": "jembatan timbang",
        "waterworks": "air minum",
        "bus-line": "trayek bus",
        "hospital": "rumah sakit",
        "attraction": "tempat wisata",
        "office": "kantor",
    }
)
"""What a device stands at, as it is told."""


ORDERS: Mapping[str, Callable[[DeviceHealth], Any]] = MappingProxyType(
    {
        "name": lambda each: each.name.casefold(),
        "place": lambda each: (each.place is None, each.place.place if each.place else "", each.name.casefold()),
        "state": lambda each: (-list(STATES).index(each.state), each.share if each.share is not None else 2.0),
        "share": lambda each: each.share if each.share is not None else 2.0,
        "age": lambda each: -_minutes(each),
        "since": lambda each: -(each.first_seen.timestamp() if each.first_seen else 0.0),
    }
)
"""By the word of the address; the worst state first is what holds."""


def chosen_devices(found: Iterable[DeviceHealth], options: Mapping[str, str]) -> list[DeviceHealth]:
    """Those that the filters of the address let through."""
    return [each for each in found if all(_passes(each, name, options[name]) for name in FILTERS)]


def _passes(each: DeviceHealth, name: str, wanted: str) -> bool:
    if not wanted or name == "order":
        return True
    if name == "kind":
        return any(series.kind.key == wanted for series in each.series)
    if name == "only":
        return each.place is None if wanted == UNPLACED else each.state == wanted
    if name == "agency":
        return each.place is not None and (each.place.agency or NO_AGENCY_KEY) == wanted
    return each.place is not None and each.place.district == wanted


def state_badge(ident: str, state: str) -> html.Span:
    """A state: shape, word and colour."""
    rank, word = STATES[state]
    return parts.badge(ident, rank, word)


def share_words(share: float | None) -> str:
    """How whole a day was; a day that is not whole is marked."""
    if share is None:
        return NOTHING
    return percent(100 * share) if share >= WHOLE else f"◇ {percent(100 * share)}"


def value_words(series: SeriesHealth | None) -> str:
    """The newest reading with its unit."""
    if series is None or series.row is None:
        return NOTHING
    return f"{number(series.row['value'], series.kind.decimals)} {series.kind.unit}".rstrip()


def _minutes(each: DeviceHealth) -> float:
    newest = each.newest
    return float(newest.row["minutes"]) if newest and newest.row else float("inf")
