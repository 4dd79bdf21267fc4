"""A burst: so many cases of some categories near each other within a span of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, Source, minutes
from sensors.pack.devices import Device
from sensors.pack.entry import Entry
from sensors.sphere import kilometres

if TYPE_CHECKING:
    from sensors.city import City

NAME = "burst"
KEYS = ("services", "categories", "cases", "km", "within_minutes")
QUESTIONS = ("alarm_cases",)
STREAMS = frozenset({"cases"})
PAST = True
LONGEST = timedelta(days=1)
"""As far back as the question looks."""
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Burst:
    """`cases` of these services and categories (any service that has them) within `km` of one of them, in `span`."""

    services: tuple[str, ...]
    categories: tuple[str, ...]
    cases: int
    km: float
    span: timedelta


@dataclass(frozen=True, slots=True)
class _Case:
    at: datetime
    place: tuple[float, float]
    subdistrict: str | None


def read(entry: Entry, devices: Mapping[str, Device]) -> Burst:  # noqa: ARG001 - every kind is read alike
    """Raises `CityError` for a span longer than the question looks back."""
    span = minutes(entry, "within_minutes", LONGEST / timedelta(minutes=1))
    categories = tuple(entry.text("categories").split())
    return Burst(
        tuple(entry.text("services").split()),
        categories,
        entry.whole("cases", 2, _MOST),
        entry.number("km", 0.05, 100),
        span,
    )


def judge(rule: AlarmRule, rows: Mapping[str, Sequence[Mapping[str, Any]]], city: City, now: datetime) -> list[Episode]:
    """One alarm a kecamatan in which a burst has its middle: the case with most others around it."""
    told: Burst = rule.bounds
    cases = sorted(_cases(told, rows["alarm_cases"], city, now), key=lambda case: case.at)
    found: dict[str, tuple[int, Episode]] = {}
    for middle in cases:
        near = [case for case in cases if kilometres(middle.place, case.place) <= told.km]
        district = (middle.subdistrict or "")[:8]
        if len(near) >= told.cases and len(near) > found.get(district, (0, None))[0]:
            began = near[told.cases - 1].at
            found[district] = (len(near), _episode(told, rule, middle, near, began, city))
    return [episode for _, episode in found.values()]


def _cases(told: Burst, rows: Sequence[Mapping[str, Any]], city: City, now: datetime) -> list[_Case]:
    found = []
    for row in rows:
        if row["service"] not in told.services or row["category"] not in told.categories:
            continue
        if not now - told.span < row["opened_at"] <= now:
            continue
        area = city.subdistricts.get(row["subdistrict"] or "")
        if row["lat"] is not None and row["lon"] is not None:
            found.append(_Case(row["opened_at"], (row["lat"], row["lon"]), row["subdistrict"]))
        elif area is not None:
            found.append(_Case(row["opened_at"], (area.point.lat, area.point.lon), area.code))
    return found


def _episode(
    told: Burst, rule: AlarmRule, middle: _Case, near: Sequence[_Case], began: datetime, city: City
) -> Episode:
    district = city.districts.get((middle.subdistrict or "")[:8])
    lat, lon = middle.place
    source = Source(
        key=f"{rule.key}/{district.code if district else 'kota'}",
        name=f"Kec. {district.name}" if district else city.name,
        cause=f"area/{district.code if district else 'kota'}",
        district=district.code if district else None,
        subdistrict=middle.subdistrict,
        lat=lat,
        lon=lon,
    )
    return Episode(source, began, value=len(near), worst=len(near), bound=told.cases)
