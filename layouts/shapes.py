"""The city's shape on a flat canvas: a sketch from the kelurahan points, or the boundaries a pack brings.

The sketch gives each kelurahan the land nearer to its point than to any other (Voronoi), cut at the city's outline and
joined by kecamatan. It is labelled "peta skematik": right in who lies where, not to be measured on.
Geometry here is in flat degrees: x = longitude times the cosine of the city's middle latitude, y = latitude.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from shapely import MultiPoint, Polygon, make_valid, union_all, voronoi_polygons
from shapely import Point as ShapelyPoint
from shapely.affinity import scale
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from layouts.errors import LayoutError
from sensors.city import City

WIDTH = 1000.0
"""The canvas is this many units wide; its height follows the city."""
_MARGIN = 12.0
_NARROW, _GRID, _FAR = 0.5, 24, 360.0
_CLEAR = {"pm25": 0.4, "water_level": 0.8}
"""Devices of these kinds have a sign on the map that names keep clear of; the smaller the factor, the farther."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a place of the city lies on the drawing."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: float

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Canvas units from the upper left corner."""
        return self.spot(lon * self.squeeze, lat)

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Canvas units of a point in flat degrees."""
        return (_MARGIN + (x - self.west) * self.scale, _MARGIN + (self.north - y) * self.scale)

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Latitude and longitude of a point in canvas units."""
        return self.north - (y - _MARGIN) / self.scale, (self.west + (x - _MARGIN) / self.scale) / self.squeeze

    def share(self, lat: float, lon: float) -> tuple[float, float]:
        """Percent of the canvas' width and height."""
        x, y = self.place(lat, lon)
        return x / WIDTH * 100, y / self.height * 100


@dataclass(frozen=True, slots=True)
class Shapes:
    """The drawn city: one SVG path per kecamatan code, where its name fits best (percent), and the areas themselves."""

    canvas: Canvas
    paths: Mapping[str, str]
    labels: Mapping[str, tuple[float, float]]
    areas: Mapping[str, BaseGeometry]
    schematic: bool


_drawn: dict[str, tuple[City, Shapes]] = {}


def shapes_of(city: City) -> Shapes:
    """The shapes of a city, computed once. Raises `LayoutError` when its points or boundaries cannot be drawn."""
    known = _drawn.get(city.key)
    if known is None or known[0] is not city:
        known = _drawn[city.key] = (city, _draw(city))
    return known[1]


def outline_of(city: City) -> Polygon:
    """The city's outline in flat degrees."""
    squeeze = _squeeze(city)
    return Polygon([(lon * squeeze, lat) for lat, lon in city.outline])


def cells(city: City) -> dict[str, BaseGeometry]:
    """Each kelurahan's cell inside the outline, by code."""
    outline, squeeze = outline_of(city), _squeeze(city)
    points = MultiPoint([(s.point.lon * squeeze, s.point.lat) for s in city.subdistricts.values()])
    found = voronoi_polygons(points, extend_to=outline, ordered=True).geoms
    return {code: make_valid(cell.intersection(outline)) for code, cell in zip(city.subdistricts, found, strict=True)}


def _draw(city: City) -> Shapes:
    try:
        areas = _sketch(city) if city.boundaries is None else _brought(city, city.boundaries)
    except (ShapelyError, ValueError, KeyError, TypeError) as error:
        raise LayoutError(
            f"{city.key}: cannot draw the districts: {error!r}, expected points inside the outline"
        ) from error
    for code in city.districts:
        if code not in areas or areas[code].is_empty:
            raise LayoutError(f"{city.key}: found no shape for district {code}, expected all {len(city.districts)}")
    canvas = _canvas(city, union_all(list(areas.values())))
    signs = [(_places(city, kind, canvas), factor) for kind, factor in _CLEAR.items()]
    return Shapes(
        canvas=canvas,
        paths={code: _path(areas[code], canvas) for code in city.districts},
        labels={code: _label(areas[code], canvas, signs) for code in city.districts},
        areas=areas,
        schematic=city.boundaries is None,
    )


def _sketch(city: City) -> dict[str, BaseGeometry]:
    return _by_district(city, cells(city))


def _brought(city: City, boundaries: Mapping[str, Any]) -> dict[str, BaseGeometry]:
    """The pack's GeoJSON: features of kecamatan or kelurahan, their code in `id` or in `properties.code`."""
    squeeze = _squeeze(city)
    found = {}
    for feature in boundaries["features"]:
        code = str(feature.get("id") or feature["properties"]["code"])
        found[code] = make_valid(scale(shape(feature["geometry"]), xfact=squeeze, yfact=1, origin=(0, 0)))
    if any(code in city.districts for code in found):
        return {code: area for code, area in found.items() if code in city.districts}
    return _by_district(city, found)


def _by_district(city: City, areas: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    members: dict[str, list[BaseGeometry]] = defaultdict(list)
    for code, area in areas.items():
        members[city.subdistricts[code].district].append(area)
    return {code: union_all(parts) for code, parts in members.items()}


def _squeeze(city: City) -> float:
    latitudes = [lat for lat, _ in city.outline]
    return cos(radians((min(latitudes) + max(latitudes)) / 2))


def _canvas(city: City, whole: BaseGeometry) -> Canvas:
    west, south, east, north = whole.bounds
    per_degree = (WIDTH - 2 * _MARGIN) / (east - west)
    return Canvas(west, north, per_degree, _squeeze(city), 2 * _MARGIN + (north - south) * per_degree)


def _path(area: BaseGeometry, canvas: Canvas) -> str:
    return "".join(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in (canvas.spot(*at[:2]) for at in ring.coords[:-1])) + "Z"
        for part in _polygons(area)
        for ring in (part.exterior, *part.interiors)
    )


def _label(area: BaseGeometry, canvas: Canvas, taken: Sequence[tuple[BaseGeometry, float]]) -> tuple[float, float]:
    """Where a name fits best: far from the border and from what else is drawn. Names are wider than high."""
    widest = max(_polygons(area), key=lambda part: float(part.area))
    flat = _narrow(widest)
    signs = [(_narrow(spots), factor) for spots, factor in taken if not spots.is_empty]
    west, south, east, north = flat.bounds
    places = [
        ShapelyPoint(west + (east - west) * i / _GRID, south + (north - south) * j / _GRID)
        for i in range(1, _GRID)
        for j in range(1, _GRID)
    ]
    inside = [place for place in places if flat.contains(place)] or [flat.representative_point()]

    def room(place: ShapelyPoint) -> float:
        return min(
            float(flat.exterior.distance(place)),
            *(float(spots.distance(place)) * factor for spots, factor in signs),
            _FAR,
        )

    best = max(inside, key=room)
    x, y = canvas.spot(best.x / _NARROW, best.y)
    return x / WIDTH * 100, y / canvas.height * 100


def _narrow(area: BaseGeometry) -> BaseGeometry:
    """Names are wider than high: with widths halved, one distance judges both directions."""
    return scale(area, xfact=_NARROW, yfact=1, origin=(0, 0))


def _places(city: City, kind: str, canvas: Canvas) -> MultiPoint:
    devices = [device for device in city.devices.values() if kind in device.kinds and not device.upstream]
    return MultiPoint([(device.point.lon * canvas.squeeze, device.point.lat) for device in devices])


def _polygons(area: BaseGeometry) -> list[Polygon]:
    parts = getattr(area, "geoms", [area])
    return [part for part in parts if isinstance(part, Polygon)]
