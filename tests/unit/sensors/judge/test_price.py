"""Prices against an earlier price and against HET and HAP."""

from datetime import date

import pytest

from sensors.city import City, ReferencePrice, load_city
from sensors.judge.price import judge_price, reference_on

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def het(high: float, zone: str, since: date, until: date | None = None) -> ReferencePrice:
    return ReferencePrice("beras-medium", "HET", None, high, "kg", zone, since, until, "contoh", "contoh")


@pytest.mark.parametrize(
    ("price", "level"),
    [(10_000, None), (10_500, None), (10_501, 1), (9_499, 1), (11_000, 1), (11_001, 2), (8_900, 2)],
)
def test_the_projects_own_steps_of_change(city: City, price: float, level: int | None) -> None:
    found = judge_price(price, 10_000, None, city.price_steps)
    assert (found.step.level if found.step else None) == level


def test_the_own_steps_say_that_they_are_no_regulation(city: City) -> None:
    assert city.price_steps
    assert all("proyek ini sendiri" in step.source for step in city.price_steps)


def test_a_range_is_compared_with_its_upper_bound(city: City) -> None:
    reference = reference_on(TODAY, "cabai-rawit-merah", city.price_zone, city.reference_prices)
    assert reference is not None
    assert (reference.low, reference.high) == (40_000, 57_000)
    assert not judge_price(57_000, None, reference, city.price_steps).above_reference
    above = judge_price(62_700, None, reference, city.price_steps)
    assert above.above_reference
    assert above.over_reference == pytest.approx(10)


def test_the_citys_zone_decides(city: City) -> None:
    zones = {zone: reference_on(TODAY, "beras-medium", zone, city.reference_prices) for zone in ("1", "2", "3")}
    assert [row.high for row in zones.values() if row] == [13_500, 14_000, 15_500]


def test_a_reference_holds_from_its_first_day_to_its_last() -> None:
    rows = (het(12_500, "1", date(2024, 6, 1), date(2025, 8, 21)), het(13_500, "1", date(2025, 8, 22)))
    found = [
        reference_on(day, "beras-medium", "1", rows)
        for day in (date(2024, 5, 31), date(2025, 8, 21), date(2025, 8, 22), TODAY)
    ]
    assert [row.high if row else None for row in found] == [None, 12_500, 13_500, 13_500]


def test_a_zones_own_reference_goes_before_the_national_one() -> None:
    rows = (het(15_000, "nasional", date(2025, 1, 1)), het(13_500, "1", date(2025, 1, 1)))
    assert [(reference_on(TODAY, "beras-medium", zone, rows) or rows[0]).high for zone in ("1", "2")] == [
        13_500,
        15_000,
    ]


@pytest.mark.parametrize("earlier", [None, 0])
def test_without_an_earlier_price_there_is_no_change(city: City, earlier: float | None) -> None:
    found = judge_price(10_000, earlier, None, city.price_steps)
    assert (found.change, found.over_reference, found.step, found.above_reference) == (None, None, None, False)
