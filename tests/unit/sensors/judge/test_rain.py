"""Classes of rain as BMKG names them."""

import pytest

from sensors.city import City, load_city
from sensors.judge.rain import judge_rain
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
