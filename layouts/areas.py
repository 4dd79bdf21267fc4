"""The city's areas as GeoJSON for the map: kecamatan and kelurahan with their names, and the box around them all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapely import transform, union_all
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from layouts.shapes import WIDTH, Canvas, cells, shapes_of
from sensors.city import City

DISTRICT, SUBDISTRICT = 1, 2
"""The `level` of a feature."""
_DECIMALS = 5
"""About a metre."""


def areas_of(city: City) -> dict[str, Any]:
    """Return a FeatureCollection; each feature says `code`, `name`, `level` and where its name stands best (`label`).

    Kelurahan are known by one point each, so their areas are a sketch even where a pack brings real boundaries.
    """
    shapes = shapes_of(city)
    whole = _in_degrees(union_all(list(shapes.areas.values())), shapes.canvas)
    features = [*_districts(city), *_subdistricts(city)]
    return {"type": "FeatureCollection", "bbox": list(whole.bounds), "features": features}


def _districts(city: City) -> Iterator[dict[str, Any]]:
    shapes = shapes_of(city)
    for code, district in city.districts.items():
        left, top = shapes.labels[code]
        lat, lon = shapes.canvas.degrees(left / 100 * WIDTH, top / 100 * shapes.canvas.height)
        yield _feature(shapes.canvas, shapes.areas[code], DISTRICT, code, district.name, lat, lon)


def _subdistricts(city: City) -> Iterator[dict[str, Any]]:
    canvas, areas = shapes_of(city).canvas, cells(city)
    for code, place in city.subdistricts.items():
        yield _feature(canvas, areas[code], SUBDISTRICT, code, place.name, place.point.lat, place.point.lon)


def _feature(
    canvas: Canvas, area: BaseGeometry, level: int, code: str, name: str, lat: float, lon: float
) -> dict[str, Any]:
    label = [round(lon, _DECIMALS), round(lat, _DECIMALS)]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, "level": level, "label": label},
        "geometry": mapping(_in_degrees(area, canvas)),
    }


def _in_degrees(flat: BaseGeometry, canvas: Canvas) -> BaseGeometry:
    return transform(flat, lambda at: (at / [canvas.squeeze, 1.0]).round(_DECIMALS))
