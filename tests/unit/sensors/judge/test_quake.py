"""Which earthquakes concern the city: the rows of the pack at their edges, and reports of shaking read rightly."""

import pytest

from sensors.city import City, load_city
from sensors.judge.quake import felt_in, judge_quake


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


@pytest.mark.parametrize(
    ("magnitude", "km", "felt", "level"),
    [
        (6.5, 150, None, "awas"), (6.4, 150, None, "siaga"), (6.5, 151, None, "siaga"),
        (7.0, 500, None, "siaga"), (7.0, 501, None, None), (6.0, 300, None, "siaga"), (6.0, 301, None, None),
        (5.0, 100, None, "siaga"), (5.0, 100.1, None, "waspada"), (5.0, 300, None, "waspada"), (4.9, 300, None, None),
        (4.0, 50, None, "waspada"), (3.9, 1, None, None), (4.0, 51, None, None),
        (3.0, 900, 1, None), (3.0, 900, 2, "waspada"), (3.0, 900, 3, "waspada"), (3.0, 900, 4, "siaga"),
        (3.0, 900, 6, "awas"), (5.0, 90, 2, "siaga"),
    ],
)  # fmt: skip
def test_the_rows_of_the_pack(city: City, magnitude: float, km: float, felt: int | None, level: str | None) -> None:
    found = judge_quake(magnitude, km, felt, city.quake_rules)
    assert (found.level if found else None) == level


def test_every_row_is_marked_as_a_sample(city: City) -> None:
    assert all(rule.sample for rule in city.quake_rules)


@pytest.mark.parametrize(
    ("report", "step"),
    [
        ("II-III Kabupaten Nagekeo", None),
        ("III Kota Tangerang", 3),
        ("II-III Tangerang", 3),
        ("II - III Tangerang, II Jakarta", 3),
        ("IV Sukabumi, II Jakarta, Tangerang dan Bekasi", 2),
        ("III Pandeglang; II Jakarta dan Tangerang.", 2),
        ("III Tangerang Selatan", None),
        ("III Kab. Tangerang, II Kabupaten Tangerang", None),
        ("MMI III di Kota Tangerang", 3),
        ("II TANGERANG, IV tangerang", 4),
        ("Tangerang", None),
        ("", None),
        (None, None),
    ],
)
def test_felt_reports_name_the_city_itself(report: str | None, step: int | None) -> None:
    assert felt_in(report, "Kota Tangerang") == step
