"""Changes over days and the coefficient of variation, at their edges: gaps, month ends, the first and last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from sensors.city import City, PriceBand, load_city
from sensors.judge.price_history import bands_on, change_over, days_that_count, judge_variation
from sensors.pack.completeness import LeastShare

HALF = LeastShare("prices", 50, date(2026, 11, 1), "contoh", sample=True)

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def ending(values: Sequence[float | None], day: date = TODAY) -> dict[date, float]:
    """A price a day, the last one of `day`; None where nobody reported."""
    days = (day - timedelta(days=back) for back in range(len(values) - 1, -1, -1))
    return {on: value for on, value in zip(days, values, strict=True) if value is not None}


def alternating(mean: float, percent: float, days: int) -> dict[date, float]:
    """Days around a mean with exactly this coefficient of variation; an even number of them."""
    off = mean * percent / 100 * ((days - 1) / days) ** 0.5
    return ending([mean + off if n % 2 else mean - off for n in range(days)])


@pytest.mark.parametrize(
    ("price", "level"),
    [(10_500, None), (10_501, 1), (9_499, 1), (11_000, 1), (11_001, 2), (9_000, 1), (8_999, 2)],
)
def test_seven_days_have_the_projects_own_steps(city: City, price: float, level: int | None) -> None:
    found = change_over(ending([10_000, *[None] * 6, price]), TODAY, 7, city.price_steps)
    assert found is not None
    assert (found.since, found.earlier) == (date(2026, 11, 14), 10_000)
    assert (found.step.level if found.step else None) == level


def test_the_own_steps_say_so(city: City) -> None:
    assert {step.days for step in city.price_steps} == {1, 7}
    assert all(step.source.startswith("ambang proyek ini sendiri") for step in city.price_steps)


def test_a_change_without_a_step_of_its_span_is_told_but_not_judged(city: City) -> None:
    found = change_over(ending([10_000, *[None] * 29, 13_000]), TODAY, 30, city.price_steps)
    assert found is not None
    assert (found.percent, found.step) == (30, None)


@pytest.mark.parametrize(("gap", "since"), [(0, 14), (1, 13), (3, 11), (4, None)])
def test_a_silent_day_is_bridged_by_one_at_most_three_days_older(city: City, gap: int, since: int | None) -> None:
    found = change_over(ending([10_000, *[None] * (6 + gap), 10_100]), TODAY, 7, city.price_steps)
    assert (found.since.day if found else None) == since


def test_a_nearer_day_never_stands_for_an_earlier_one(city: City) -> None:
    assert change_over(ending([9_000, *[None] * 5, 10_000]), TODAY, 7, city.price_steps) is None


def test_yesterday_is_found_over_the_end_of_a_month_and_of_february(city: City) -> None:
    for today, yesterday in ((date(2026, 12, 1), date(2026, 11, 30)), (date(2028, 3, 1), date(2028, 2, 29))):
        found = change_over({yesterday: 100.0, today: 101.0}, today, 1, city.price_steps)
        assert found is not None
        assert (found.since, round(found.percent, 6)) == (yesterday, 1)


def test_no_price_today_or_none_before_gives_no_change(city: City) -> None:
    assert change_over({TODAY: 100.0}, TODAY, 1, city.price_steps) is None
    assert change_over({TODAY - timedelta(days=1): 100.0}, TODAY, 1, city.price_steps) is None
    assert change_over({TODAY: 100.0, TODAY - timedelta(days=1): 0.0}, TODAY, 1, city.price_steps) is None


@pytest.mark.parametrize(
    ("percent", "word", "level"),
    [
        (0, "stabil", 0),
        (2.7, "stabil", 0),
        (4.99, "stabil", 0),
        (5, "normal", 0),
        (9, "normal", 0),
        (9.01, "tinggi", 1),
        (30, "tinggi", 1),
    ],
)
def test_kemendags_bands_and_their_edges(city: City, percent: float, word: str, level: int) -> None:
    found = judge_variation(alternating(50_000, percent, 30), TODAY, city.price_bands)
    assert found is not None
    assert found.band is not None
    assert found.percent == pytest.approx(percent, abs=1e-9)
    assert (found.band.word, found.band.level, found.days) == (word, level, 30)


def test_too_few_days_have_no_variation_and_are_counted(city: City) -> None:
    for days, known in ((0, False), (1, False), (12, False), (19, False), (20, True)):
        found = judge_variation(ending([100.0] * days), TODAY, city.price_bands)
        assert found is not None
        assert (found.days, found.least_days, found.percent is not None) == (days, 20, known)


def test_only_the_thirty_days_count(city: City) -> None:
    found = judge_variation({**ending([100.0] * 30), TODAY - timedelta(days=30): 9_999.0}, TODAY, city.price_bands)
    assert found is not None
    assert (found.percent, found.days) == (0, 30)
    later = judge_variation({**ending([100.0] * 30), TODAY + timedelta(days=1): 9_999.0}, TODAY, city.price_bands)
    assert later == found


def test_bands_hold_from_their_first_day(city: City) -> None:
    newer = PriceBand(0, True, 0, "baru", 14, 10, date(2027, 1, 1), "contoh", "contoh")
    bands = (*city.price_bands, newer)
    assert bands_on(date(2015, 1, 5), bands) == ()
    assert judge_variation({}, date(2015, 1, 5), bands) is None
    assert [band.low for band in bands_on(date(2026, 12, 31), bands)] == [0, 5, 9]
    assert bands_on(date(2027, 1, 1), bands) == (newer,)


def test_a_day_counts_once_half_of_the_usual_markets_are_heard() -> None:
    days = {TODAY - timedelta(days=back): heard for back, heard in enumerate((3, 4, 8, 7, 0))}
    assert {day.day for day in days_that_count(days, HALF)} == {20, 19, 18}
    assert days_that_count({TODAY: 1}, HALF) == {TODAY}
    assert days_that_count({}, HALF) == frozenset()
