"""Classes of rain as BMKG names them."""

import pytest

from sensors.city import City, load_city
from sensors.judge.rain import judge_rain, judge_rain_ahead
from sensors.pack.rules import Span


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


@pytest.mark.parametrize(
    ("millimetres", "span", "word"),
    [
        (0, "day", "Berawan"), (0.5, "day", "Ringan"), (20, "day", "Sedang"), (99.9, "day", "Lebat"),
        (100, "day", "Sangat lebat"), (151, "day", "Ekstrem"), (0.9, "hour", None), (1, "hour", "Ringan"),
        (5, "hour", "Sedang"), (10, "hour", "Lebat"), (20, "hour", "Sangat lebat"),
    ],
)  # fmt: skip
def test_bmkg_classes(city: City, millimetres: float, span: Span, word: str | None) -> None:
    found = judge_rain(millimetres, span, city.rain_classes)
    assert (found.word if found else None) == word


@pytest.mark.parametrize(
    ("amounts", "total", "share", "word"),
    [
        ([0.0] * 8, 0, 1, "Berawan"), ([2.5] * 8, 20, 1, "Sedang"), ([0, 0, 30, 19.9, 0, 0, 0, 0], 49.9, 1, "Sedang"),
        ([0, 0, 30, 20, 0, 0, 0, 0], 50, 1, "Lebat"), ([50.0, None, None, None], 50, 0.25, "Lebat"),
        ([0.1, 0.2, 0.2, None], 0.5, 0.75, "Ringan"), ([149.9, 0.1], 150, 1, "Ekstrem"),
    ],
)  # fmt: skip
def test_a_forecast_is_judged_by_its_sum_of_24_hours(
    city: City, amounts: list[float | None], total: float, share: float, word: str
) -> None:
    found = judge_rain_ahead(amounts, city.rain_classes)
    assert found is not None
    assert (found.total, found.share, found.found and found.found.word) == (pytest.approx(total), share, word)


def test_nothing_known_is_not_judged(city: City) -> None:
    assert judge_rain_ahead([None, None], city.rain_classes) is None
    assert judge_rain_ahead([], city.rain_classes) is None
