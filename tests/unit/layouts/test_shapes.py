"""The sketch: every kelurahan in one kecamatan, no hole, no overlap, together the outline."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from shapely import Point, box
from shapely.geometry import mapping

from layouts.errors import LayoutError
from layouts.shapes import WIDTH, cells, outline_of, shapes_of
from layouts.signs import goes_west, sides_of
from sensors.city import City


def test_the_cells_sum_to_the_outline_and_do_not_overlap(city: City) -> None:
    found = cells(city)
    assert len(found) == 104
    assert sum(cell.area for cell in found.values()) == pytest.approx(outline_of(city).area, rel=1e-9)
    assert all(not cell.is_empty for cell in found.values())


def test_thirteen_districts_fill_the_outline(city: City) -> None:
    shapes = shapes_of(city)
    assert set(shapes.areas) == set(city.districts)
    assert sum(area.area for area in shapes.areas.values()) == pytest.approx(outline_of(city).area, rel=1e-9)
    assert shapes.schematic


def test_each_kelurahan_lies_in_its_own_district(city: City) -> None:
    shapes, squeeze = shapes_of(city), shapes_of(city).canvas.squeeze
    wrong = [
        place.code
        for place in city.subdistricts.values()
        if not shapes.areas[place.district].intersects(Point(place.point.lon * squeeze, place.point.lat))
    ]
    assert wrong == []


def test_names_and_places_lie_on_the_canvas(city: City) -> None:
    shapes = shapes_of(city)
    assert all(0 < x < 100 and 0 < y < 100 for x, y in shapes.labels.values())
    inside = [device for device in city.devices.values() if not device.upstream]
    assert len(inside) < len(city.devices)
    for device in inside:
        x, y = shapes.canvas.place(device.point.lat, device.point.lon)
        assert 0 <= x <= WIDTH, device.key
        assert 0 <= y <= shapes.canvas.height, device.key
    assert sum(map(len, shapes.paths.values())) < 10_000


def test_the_shapes_are_computed_once(city: City) -> None:
    assert shapes_of(city) is shapes_of(city)


def test_a_pack_may_bring_its_own_boundaries(city: City) -> None:
    features = [
        {"type": "Feature", "id": code, "properties": {}, "geometry": mapping(box(106.6 + i, -6.2, 106.9 + i, -6.1))}
        for i, code in enumerate(city.districts)
    ]
    brought = shapes_of(replace(city, key="lain", boundaries={"type": "FeatureCollection", "features": features}))
    assert not brought.schematic
    with pytest.raises(LayoutError, match="found no shape for district"):
        shapes_of(replace(city, key="kurang", boundaries={"type": "FeatureCollection", "features": features[1:]}))


@pytest.mark.parametrize(("left", "west"), [(2.0, False), (98.0, True)])
def test_a_gauges_name_is_never_cut_by_the_edge(left: float, west: bool) -> None:
    hidden = [("Jatiuwung", (left + (-8 if west else 8), 50.0))]
    assert goes_west("Magnolia Jatake", left, 50.0, hidden) is west


def test_in_a_flood_of_gauges_no_name_hides_another_and_the_worst_is_named() -> None:
    names = [("Karawaci", (40.0, 40.0))]
    gauges = [(f"g{n}", "Jembatan Galeong", (38.0 + n, 40.0 + n)) for n in range(20)]
    gauges.append(("away", "Duren Villa", (70.0, 80.0)))
    sides = sides_of(gauges, names)
    assert "g0" in sides, "the worst is named whatever it hides"
    assert "away" in sides, "what hides nothing is named"
    assert len(sides) < len(gauges)
    written = [
        (left - 20 * sides[key], left + 20 * (not sides[key]), top) for key, _, (left, top) in gauges if key in sides
    ]
    for (low, high, top), (start, end, y) in combinations(written, 2):
        assert high <= start or end <= low or abs(top - y) >= 3.6, "one name hides another"
