"""The areas the map is given: every kecamatan and kelurahan once, in degrees, each name inside its own area."""

from __future__ import annotations

from shapely.geometry import Point, shape

from layouts.areas import DISTRICT, SUBDISTRICT, areas_of
from sensors.city import City


def test_every_place_of_the_pack_is_there_once(city: City) -> None:
    found = [(each["properties"]["level"], each["properties"]["code"]) for each in areas_of(city)["features"]]
    assert found == [(DISTRICT, code) for code in city.districts] + [(SUBDISTRICT, code) for code in city.subdistricts]


def test_a_name_stands_in_its_area_and_kelurahan_lie_in_their_kecamatan(city: City) -> None:
    areas = {each["properties"]["code"]: each for each in areas_of(city)["features"]}
    for code, area in areas.items():
        assert shape(area["geometry"]).buffer(1e-4).contains(Point(area["properties"]["label"])), code
    for code, place in city.subdistricts.items():
        within = shape(areas[place.district]["geometry"]).buffer(1e-4)
        assert within.contains(shape(areas[code]["geometry"])), code


def test_the_box_holds_the_city_in_degrees(city: City) -> None:
    west, south, east, north = areas_of(city)["bbox"]
    lats, lons = zip(*city.outline, strict=True)
    assert abs(west - min(lons)) < 1e-4
    assert abs(north - max(lats)) < 1e-4
    assert (south < north, west < east) == (True, True)
