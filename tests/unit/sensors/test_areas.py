"""Which kecamatan an alert means: by its drawing, else by names, and never by a name that means another region."""

from __future__ import annotations

import pytest

from sensors.areas import Reach, concerns, reach_of
from sensors.cap import Area
from sensors.city import City, load_city

FRAME = ((-6.10, 106.62), (-6.10, 106.70), (-6.14, 106.70), (-6.14, 106.62), (-6.10, 106.62))
FAR = ((-6.70, 106.00), (-6.70, 106.30), (-6.90, 106.30), (-6.70, 106.00))
JAVA = ((-5.0, 105.0), (-5.0, 115.0), (-9.0, 115.0), (-9.0, 105.0), (-5.0, 105.0))


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def drawn(*polygons: tuple[tuple[float, float], ...], words: str = "Banten") -> Area:
    return Area(words, polygons, ())


def test_a_polygon_means_the_districts_of_the_kelurahan_in_it(city: City) -> None:
    reach = reach_of([drawn(FRAME)], city)
    inside = {
        place.district
        for place in city.subdistricts.values()
        if -6.14 < place.point.lat < -6.10 and 106.62 < place.point.lon < 106.70
    }
    assert "36.71.04" in inside
    assert reach == Reach(tuple(sorted(inside)), elsewhere=False)


def test_a_polygon_around_everything_is_the_whole_city(city: City) -> None:
    assert reach_of([drawn(JAVA)], city) == Reach(("36.71",), elsewhere=False)


def test_a_polygon_elsewhere_is_elsewhere_whatever_its_words_say(city: City) -> None:
    assert reach_of([drawn(FAR, words="Benda, Kota Tangerang")], city) == Reach((), elsewhere=True)
    assert reach_of([drawn(FAR), drawn(FRAME)], city).codes[0].startswith("36.71.")


def test_a_drawing_too_small_for_any_point_means_the_nearest(city: City) -> None:
    place = city.subdistricts["36.71.04.1001"]
    lat, lon = place.point.lat + 0.004, place.point.lon + 0.004
    tiny = ((lat, lon), (lat + 1e-5, lon), (lat, lon + 1e-5), (lat, lon))
    assert reach_of([drawn(tiny)], city) == Reach((place.district,), elsewhere=False)


def test_a_circle_counts_in_kilometres(city: City) -> None:
    benda = city.subdistricts["36.71.04.1001"].point
    near = Area("", (), (((benda.lat, benda.lon), 0.1),))
    assert reach_of([near], city) == Reach(("36.71.04",), elsewhere=False)
    assert reach_of([Area("", (), (((-6.2, 106.6), 100.0),))], city) == Reach(("36.71",), elsewhere=False)
    assert reach_of([Area("", (), (((-7.8, 110.4), 100.0),))], city) == Reach((), elsewhere=True)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Benda, Cipondoh dan Pinang", ("36.71.04", "36.71.05", "36.71.11")),
        ("Kecamatan Benda; Kec. Ciledug", ("36.71.04", "36.71.06")),
        ("KARANG  TENGAH", ("36.71.12",)),
        ("Kota Tangerang", ("36.71",)),
        ("Kota Tangerang: Benda, Periuk", ("36.71.04", "36.71.08")),
        ("Kota Tangerang (Benda, Periuk), Kota Cilegon (Pinang)", ("36.71.04", "36.71.08")),
        ("Kabupaten Lebak: Pinang, Benda", ()),
        ("Kabupaten Lebak: Pinang; Benda", ("36.71.04",)),
        ("Tangerang Selatan, Kabupaten Tangerang", ()),
        ("Banten", ()),
        ("", ()),
        ("Bendalama", ()),
        (":;(,).:", ()),
    ],
)
def test_words_mean_districts_by_their_whole_name(city: City, words: str, codes: tuple[str, ...]) -> None:
    assert reach_of([Area(words, (), ())], city) == Reach(codes, elsewhere=False)


def test_no_area_at_all_is_not_elsewhere(city: City) -> None:
    assert reach_of([], city) == Reach((), elsewhere=False)


@pytest.mark.parametrize(
    ("codes", "here"),
    [(["36.71.04"], True), (["36"], True), (["36.74", "36.71"], True), (["36.74.01"], False), (["36.7"], False)],
)
def test_a_code_concerns_the_city_from_above_and_from_within(codes: list[str], here: bool) -> None:
    assert concerns(codes, "36.71") is here
