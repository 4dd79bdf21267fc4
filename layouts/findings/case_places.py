"""Where open cases are: gathered by kelurahan, with the point of each that says where it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from layouts import links
from layouts.findings.services import is_case
from layouts.formats import known, number
from layouts.layer import Cell, Dot, Entry, Sign
from layouts.panel import Row, Rows
from sensors.city import City
from sensors.pack.places import Box, box_around

NOWHERE = ""
"""Stands for the kelurahan of a case that names none of the city's."""


@dataclass(slots=True)
class CasesHere:
    """The open cases of one kelurahan: how many, how many nobody has taken up, since when, and where."""

    open: int = 0
    waiting: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    dots: list[Dot] = field(default_factory=list)


def cases_by_place(rows: Rows, city: City, services: Collection[str]) -> Mapping[str, CasesHere]:
    """The rows of `case_places` that belong to these services, by the code of the kelurahan."""
    found: dict[str, CasesHere] = defaultdict(CasesHere)
    box = box_around(city.outline)
    for row in rows.get("case_places", ()):
        service = city.services.get(row["service"]) if row["service"] in services else None
        if service is None or row["status"] not in service.statuses or not is_case(service, row["category"]):
            continue
        code = row["subdistrict"] if row["subdistrict"] in city.subdistricts else NOWHERE
        here, opened = found[code], row["opened_at"]
        waiting = service.statuses[row["status"]].role == "waiting"
        here.open += 1
        here.waiting += waiting
        here.oldest = opened if here.oldest is None else min(here.oldest, opened)
        here.newest = opened if here.newest is None else max(here.newest, opened)
        if (dot := _dot(row, box, waiting=waiting)) is not None:
            here.dots.append(dot)
    return found


def case_entries(rows: Rows, city: City, services: Collection[str]) -> Sequence[Entry]:
    """One row a kelurahan in the pack's order, and one for the cases that name none; none while nothing was heard."""
    found = cases_by_place(rows, city, services)
    if not found:
        return ()
    places = [
        _entry(code, place.name, city.districts[place.district].name, found.get(code, CasesHere()))
        for code, place in city.subdistricts.items()
    ]
    lost = found.get(NOWHERE, CasesHere())
    return [*places, _entry(NOWHERE, "Tanpa kelurahan", "tidak diketahui", lost)]


CASE_HEADS = ("Kecamatan", "Terbuka", "Menunggu", "Tanpa titik")
CASE_SIGNS = (
    Sign("●", "menunggu, belum ditangani", 2),
    Sign("○", "sedang ditangani", 1),
    Sign("12", "sekian kasus di sini; tepi tebal: ada yang menunggu", look="ring"),
)


def _entry(code: str, name: str, district: str, here: CasesHere) -> Entry:
    return Entry(
        key=code or "lain",
        name=name,
        cells=(
            Cell(district),
            Cell(number(here.open), {"measure": "keluhan"}),
            Cell(number(here.waiting)),
            Cell(number(here.open - len(here.dots))),
        ),
        href=links.subdistrict(code) if code else "",
        areas=(code,) if code else (),
        dots=tuple(here.dots),
        observed_at=here.newest,
    )


def _dot(row: Row, box: Box, *, waiting: bool) -> Dot | None:
    """The point of a case; None where it has none, or one far outside the city."""
    lat, lon = known(row["lat"]), known(row["lon"])
    if lat is None or lon is None or not (box.south <= lat <= box.north and box.west <= lon <= box.east):
        return None
    return Dot(round(lat, 5), round(lon, 5), waiting, links.case(row["service"], row["case_id"]))
