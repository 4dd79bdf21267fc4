"""ISPU by P.14/2020, against worked values."""

from itertools import pairwise

import pytest

from sensors.city import City, load_city
from sensors.judge.ispu import category_of, ispu_index, judge_ispu, published


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


TABLE = {  # µg/m³ at ISPU 50, 100, 200, 300 and 500
    "pm10": (50, 150, 350, 420, 500),
    "pm25": (15.5, 55.4, 150.4, 250.4, 500),
    "so2": (52, 180, 400, 800, 1200),
    "co": (4000, 8000, 15000, 30000, 45000),
    "o3": (120, 235, 400, 800, 1000),
    "no2": (80, 200, 1130, 2260, 3000),
    "hc": (45, 100, 215, 432, 648),
}
BREAKS = (0, 50, 100, 200, 300, 500)
POINTS = [
    (pollutant, mean, index)
    for pollutant, means in TABLE.items()
    for mean, index in zip((0, *means), BREAKS, strict=True)
]
BETWEEN = [
    (pollutant, (below + above) / 2, (low + high) / 2)
    for pollutant, means in TABLE.items()
    for (below, above), (low, high) in zip(pairwise((0, *means)), pairwise(BREAKS), strict=True)
]


def test_the_table_has_the_seven_pollutants_of_the_regulation_and_no_other(city: City) -> None:
    assert {row.pollutant for row in city.ispu} == set(TABLE)
    assert all(row.regulation.startswith("P.14/MENLHK") and row.source for row in city.ispu)


@pytest.mark.parametrize(("pollutant", "mean", "index"), POINTS)
def test_every_break_of_the_table(city: City, pollutant: str, mean: float, index: float) -> None:
    assert ispu_index(pollutant, mean, city.ispu) == pytest.approx(index, abs=1e-9)


@pytest.mark.parametrize(("pollutant", "mean", "index"), BETWEEN)
def test_halfway_between_two_breaks_is_halfway_between_their_indexes(
    city: City, pollutant: str, mean: float, index: float
) -> None:
    assert ispu_index(pollutant, mean, city.ispu) == pytest.approx(index)


@pytest.mark.parametrize(
    ("pollutant", "mean", "index"),
    [
        ("pm25", 40, 80.7), ("pm10", 100, 75), ("pm25", 15.5, 50), ("pm25", 150.4, 200), ("co", 6000, 75),
        ("no2", 665, 150), ("o3", 177.5, 75), ("so2", 26, 25), ("hc", 540, 400),
    ],
)  # fmt: skip
def test_worked_values(city: City, pollutant: str, mean: float, index: float) -> None:
    assert ispu_index(pollutant, mean, city.ispu) == pytest.approx(index, abs=0.05)


@pytest.mark.parametrize(("pollutant", "mean", "index"), [point for point in POINTS if 0 < point[2] < 500])
def test_just_below_and_above_a_break_nothing_jumps(city: City, pollutant: str, mean: float, index: float) -> None:
    below, above = (ispu_index(pollutant, mean * share, city.ispu) for share in (1 - 1e-6, 1 + 1e-6))
    assert below is not None
    assert above is not None
    assert index - 0.01 < below < index < above < index + 0.01


@pytest.mark.parametrize("pollutant", TABLE)
def test_the_index_never_falls_while_the_mean_rises(city: City, pollutant: str) -> None:
    top = TABLE[pollutant][-1]
    indexes = [ispu_index(pollutant, top * step / 5000, city.ispu) for step in range(5001)]
    steps = [after - before for before, after in pairwise(indexes) if before is not None and after is not None]
    assert len(steps) == 5000
    assert 0 < min(steps) < max(steps) < 1.7


@pytest.mark.parametrize("pollutant", TABLE)
def test_beyond_the_table_the_index_stays_500_and_says_so(city: City, pollutant: str) -> None:
    top = TABLE[pollutant][-1]
    for mean, beyond in ((top, False), (top + 0.1, True), (top * 3, True)):
        found = judge_ispu({pollutant: mean}, city.ispu, city.ispu_categories)
        assert found is not None
        assert (found.index, found.category.word, found.beyond_scale) == (500, "Berbahaya", beyond)


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


@pytest.mark.parametrize(("index", "told"), [(0.4, 0), (49.5, 50), (50.5, 51), (80.7, 81), (100.5, 101), (500, 500)])
def test_an_index_is_told_with_halves_up_as_its_category_is_chosen(city: City, index: float, told: int) -> None:
    assert published(index) == told
    assert category_of(index, city.ispu_categories).low <= told


def test_a_gas_can_decide(city: City) -> None:
    found = judge_ispu({"pm25": 15.5, "o3": 300, "co": 9000}, city.ispu, city.ispu_categories)
    assert found is not None
    assert (found.pollutant, round(found.index, 1), found.category.colour) == ("o3", 139.4, "kuning")


@pytest.mark.parametrize("means", [{}, {"noise": 60.0}, {"pm25": -1.0}, {"pm25": float("nan")}])
def test_without_a_sound_mean_there_is_no_index(city: City, means: dict[str, float]) -> None:
    assert judge_ispu(means, city.ispu, city.ispu_categories) is None
