"""Which districts of a city an alert's areas mean: by the kelurahan inside a drawing, else by the names in the words.

The points of kelurahan stand for the districts: their shapes are the map's business, and warnings are coarser.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sensors.cap import Area, Corner
from sensors.city import City, Subdistrict
from sensors.sphere import kilometres

_PIECES = re.compile(r"([^,;:()\n.]*)([,;:()\n.]|$)")
_KIND = re.compile(r"(?:kecamatan|kec\.?|district)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+(?:dan|and|serta)\s+|\s*&\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reach:
    """What an alert means here: district codes (the city's own for all of it), or that it is drawn elsewhere.

    Neither: it says nowhere, or nothing that the city pack knows by name.
    """

    codes: tuple[str, ...]
    elsewhere: bool


def reach_of(areas: Sequence[Area], city: City) -> Reach:
    """Match areas to the city. An area with a drawing is where it is drawn; only one without goes by its words."""
    codes: set[str] = set()
    for area in areas:
        codes |= _drawn(area, city) if _has_drawing(area) else _named(area.words, city)
    elsewhere = bool(areas) and not codes and all(map(_has_drawing, areas))
    return Reach(_shortest(codes, city), elsewhere)


def concerns(codes: Collection[str], region: str) -> bool:
    """Whether any of some region codes lies in `region`, or holds it."""
    return any(_within(code, region) or _within(region, code) for code in codes)


def _within(code: str, region: str) -> bool:
    return code == region or code.startswith(region + ".")


def _shortest(codes: set[str], city: City) -> tuple[str, ...]:
    return (city.region,) if city.region in codes or codes >= city.districts.keys() else tuple(sorted(codes))


def _has_drawing(area: Area) -> bool:
    return bool(area.polygons or area.circles)


def _drawn(area: Area, city: City) -> set[str]:
    places = city.subdistricts.values()
    inside = {place.district for place in places if _holds(area, (place.point.lat, place.point.lon))}
    return inside or _near_corners(area, city)


def _holds(area: Area, point: Corner) -> bool:
    return any(_inside(point, polygon) for polygon in area.polygons) or any(
        kilometres(point, middle) <= radius for middle, radius in area.circles
    )


def _near_corners(area: Area, city: City) -> set[str]:
    """A drawing too small to hold a kelurahan's point: the districts of the kelurahan nearest to its corners."""
    corners = {corner for polygon in area.polygons for corner in polygon} | {middle for middle, _ in area.circles}
    return {_nearest(corner, city).district for corner in corners if _inside(corner, city.outline)}


def _nearest(point: Corner, city: City) -> Subdistrict:
    return min(city.subdistricts.values(), key=lambda place: kilometres(point, (place.point.lat, place.point.lon)))


def _inside(point: Corner, polygon: Sequence[Corner]) -> bool:
    """Even-odd rule: a ray to the east crosses the border an odd number of times."""
    lat, lon = point
    odd = False
    before = polygon[-1]
    for corner in polygon:
        if (corner[0] > lat) != (before[0] > lat):
            crossing = corner[1] + (lat - corner[0]) / (before[0] - corner[0]) * (before[1] - corner[1])
            odd ^= lon < crossing
        before = corner
    return odd


def _named(words: str, city: City) -> set[str]:
    """Districts called by their name, alone or below the city's; names below another region are that region's."""
    names = {district.name.casefold(): district.code for district in city.districts.values()}
    whole, found = city.name.casefold(), set[str]()
    for heading, name in _names(words):
        if heading in ("", whole):
            if name == whole:
                found.add(city.region)
            elif name in names:
                found.add(names[name])
    return found


def _names(words: str) -> Iterator[tuple[str, str]]:
    """Each name with the heading it stands under: `Kota Tangerang: Benda, Pinang` or `Kota Tangerang (Benda)`."""
    heading = ""
    for piece, end in _PIECES.findall(words):
        for name in _AND.split(piece):
            bare = " ".join(_KIND.sub("", name.strip()).casefold().split())
            if bare and end not in (":", "("):
                yield heading, bare
        if end in (":", "("):
            heading = " ".join(piece.casefold().split())
        elif end in (")", ";", "\n", "."):
            heading = ""
