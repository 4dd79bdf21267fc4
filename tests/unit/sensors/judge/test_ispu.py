"""ISPU by P.14/2020, against worked values."""

from itertools import pairwise

import pytest

from sensors.city import City, load_city
from sensors.judge.ispu import category_of, ispu_index, judge_ispu


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


@pytest.mark.parametrize(
    ("pollutant", "mean", "index"),
    [
        ("pm25", 40, 80.7), ("pm25", 15.5, 50), ("pm25", 150.4, 200), ("pm25", 0, 0), ("pm25", 250.4, 300),
        ("pm25", 500, 500), ("pm25", 900, 500), ("pm10", 100, 75), ("pm10", 350, 200), ("pm10", 420, 300),
    ],
)  # fmt: skip
def test_worked_values(city: City, pollutant: str, mean: float, index: float) -> None:
    assert ispu_index(pollutant, mean, city.ispu) == pytest.approx(index, abs=0.05)


def test_the_segments_are_joined_and_rise(city: City) -> None:
    indexes = [ispu_index("pm25", tenths / 10, city.ispu) for tenths in range(5001)]
    steps = [after - before for before, after in pairwise(indexes) if before is not None and after]
    assert 0 < min(steps) < max(steps) < 0.33


@pytest.mark.parametrize(
    ("index", "word"),
    [
        (0, "Baik"), (50.49, "Baik"), (50.5, "Sedang"), (100.4, "Sedang"), (101, "Tidak Sehat"), (200.4, "Tidak Sehat"),
        (201, "Sangat Tidak Sehat"), (300.4, "Sangat Tidak Sehat"), (301, "Berbahaya"), (500, "Berbahaya"),
    ],
)  # fmt: skip
def test_the_category_is_that_of_the_published_whole_number(city: City, index: float, word: str) -> None:
    assert category_of(index, city.ispu_categories).word == word


def test_the_legal_colours(city: City) -> None:
    assert [category.colour for category in city.ispu_categories] == ["hijau", "biru", "kuning", "merah", "hitam"]


def test_the_worst_pollutant_decides(city: City) -> None:
    found = judge_ispu({"pm25": 40, "pm10": 100, "temperature": 30}, city.ispu, city.ispu_categories)
    assert found is not None
    assert (found.pollutant, round(found.index), found.category.word) == ("pm25", 81, "Sedang")
    assert set(found.by_pollutant) == {"pm25", "pm10"}
    assert not found.beyond_scale


def test_a_mean_beyond_the_table_says_so(city: City) -> None:
    found = judge_ispu({"pm10": 501}, city.ispu, city.ispu_categories)
    assert found is not None
    assert (found.index, found.beyond_scale) == (500, True)


@pytest.mark.parametrize("means", [{}, {"noise": 60.0}, {"pm25": -1.0}, {"pm25": float("nan")}])
def test_without_a_sound_mean_there_is_no_index(city: City, means: dict[str, float]) -> None:
    assert judge_ispu(means, city.ispu, city.ispu_categories) is None
