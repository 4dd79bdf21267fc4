"""Where the city is: districts (kecamatan), subdistricts (kelurahan), outline and optional boundaries."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sensors.pack.entry import CityError, Entry, once
from sensors.pack.files import entries, shown

CORNERS = 3  # fewer enclose nothing
NEAR = 0.1  # degrees, about 11 km: beyond it a coordinate is a slip, not a neighbour
KM_PER_DEGREE = 111.32
DISTRICT = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")
SUBDISTRICT = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
BPS = re.compile(r"[0-9]{7}")


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 degrees. `approximate` means: not surveyed, and the screen says so."""

    lat: float
    lon: float
    approximate: bool


@dataclass(frozen=True, slots=True)
class Subdistrict:
    """A kelurahan, by its Kemendagri code (`36.71.07.1004`). Names repeat; codes do not."""

    code: str
    name: str
    district: str
    area_km2: float
    point: Point


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan, by its Kemendagri code (`36.71.07`)."""

    code: str
    bps: str
    name: str
    area_km2: float
    point: Point


@dataclass(frozen=True, slots=True)
class Box:
    """The city's outline with a margin: what coordinates may be near."""

    south: float
    west: float
    north: float
    east: float

    def widened(self, km: float) -> Box:
        """The box with so many kilometres more on each side, to the nearest thousandth of a degree."""
        more = km / KM_PER_DEGREE
        sides = (self.south - more, self.west - more, self.north + more, self.east + more)
        return Box(*(round(side, 3) for side in sides))

    def point(self, entry: Entry, *, approximate: bool) -> Point:
        """The entry's `lat` and `lon`, which must lie near the city."""
        lat = entry.number("lat", self.south, self.north)
        return Point(lat, entry.number("lon", self.west, self.east), approximate)


def read_outline(path: Path) -> tuple[tuple[float, float], ...]:
    """The city's border as (lat, lon) corners, unclosed, at least three."""
    lines = entries(path, ("lat", "lon"))
    if len(lines) < CORNERS:
        raise CityError(f"{shown(path)}: found {len(lines)} corners, expected at least {CORNERS}")
    return tuple((line.number("lat", -90, 90), line.number("lon", -180, 180)) for line in lines)


def box_around(outline: tuple[tuple[float, float], ...]) -> Box:
    """The outline's bounding box with a margin of `NEAR`, rounded so that an error message can be read."""
    lats, lons = zip(*outline, strict=True)
    south, west, north, east = min(lats) - NEAR, min(lons) - NEAR, max(lats) + NEAR, max(lons) + NEAR
    return Box(round(south, 3), round(west, 3), round(north, 3), round(east, 3))


def read_districts(path: Path, region: str, box: Box) -> dict[str, District]:
    """The kecamatan of `region` (`36.71`), by code."""
    districts: dict[str, District] = {}
    for line in entries(path, ("code", "bps", "name", "area_km2", "lat", "lon")):
        code = line.matching("code", DISTRICT, f"a code like {region}.01")
        if not code.startswith(region + "."):
            raise line.wrong("code", f"a code of region {region}")
        once(line, "code", districts)
        bps = line.matching("bps", BPS, "seven digits")
        area = line.number("area_km2", 0.01, 10_000)
        districts[code] = District(code, bps, line.text("name"), area, box.point(line, approximate=False))
    return districts


def read_subdistricts(path: Path, districts: Mapping[str, District], box: Box) -> dict[str, Subdistrict]:
    """The kelurahan, by code. The district's name beside its code is for the reader, and checked."""
    found: dict[str, Subdistrict] = {}
    for line in entries(path, ("code", "name", "district_code", "district", "area_km2", "lat", "lon")):
        code = line.matching("code", SUBDISTRICT, "a code like 36.71.07.1004")
        once(line, "code", found)
        district = line.known("district_code", districts)
        if not code.startswith(district + "."):
            raise line.wrong("district_code", f"the district of {code}: {code[:8]}")
        if line.text("district") != districts[district].name:
            raise line.wrong("district", f"the name of {district}: {districts[district].name}")
        area = line.number("area_km2", 0.001, 10_000)
        found[code] = Subdistrict(code, line.text("name"), district, area, box.point(line, approximate=False))
    for code in districts:
        if not any(place.district == code for place in found.values()):
            raise CityError(f"{shown(path)}: found no subdistrict of district {code}, expected at least one")
    return found


def read_boundaries(path: Path, districts: Mapping[str, District]) -> Mapping[str, object] | None:
    """The pack's own GeoJSON of its districts (property `code`), or None where it brings none."""
    if not path.exists():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CityError(f"{shown(path)}: found no readable JSON ({error}), expected GeoJSON") from None
    if not isinstance(found, dict) or not isinstance(features := found.get("features"), list):
        raise CityError(f"{shown(path)}: found no features, expected a GeoJSON FeatureCollection")
    codes = [_district_of(path, number, feature) for number, feature in enumerate(features, start=1)]
    if sorted(codes) != sorted(districts):
        odd = sorted(set(codes) ^ set(districts)) or sorted({code for code in codes if codes.count(code) > 1})
        raise CityError(f"{shown(path)}: found {odd[0]!r} missing, unknown or twice, expected each district once")
    return found


def _district_of(path: Path, number: int, feature: object) -> str:
    where = f"{shown(path)}: feature {number}"
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        raise CityError(f"{where}: found no geometry, expected a Polygon or MultiPolygon")
    if feature["geometry"].get("type") not in ("Polygon", "MultiPolygon"):
        raise CityError(f"{where}: found {feature['geometry'].get('type')!r}, expected a Polygon or MultiPolygon")
    code = (feature.get("properties") or {}).get("code")
    if not isinstance(code, str):
        raise CityError(f"{where}: property 'code': found {code!r}, expected a district's code")
    return code
