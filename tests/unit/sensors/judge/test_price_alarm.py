"""An alarm about a price keeps the reference under which it was raised, and says what ended it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from sensors.city import ReferencePrice
from sensors.judge.price import reference_on
from sensors.judge.price_alarm import DayPrice, PriceAlarm, price_alarms

FIRST = date(2025, 8, 15)
CHANGE = date(2025, 8, 22)


def het(high: float, since: date, until: date | None = None, zone: str = "1", unit: str = "kg") -> ReferencePrice:
    return ReferencePrice("beras-medium", "HET", None, high, unit, zone, since, until, f"aturan {high:g}", "contoh")


OLD = het(12_500, date(2024, 6, 1), CHANGE - timedelta(days=1))
NEW = het(13_500, CHANGE)


def alarms(
    *prices: float | None,
    references: tuple[ReferencePrice, ...] = (OLD, NEW),
    unit: str = "kg",
    zone: str = "1",
    first: date = FIRST,
) -> tuple[PriceAlarm, ...]:
    """A price a day from `first` on; None where nobody reported."""
    days = (first + timedelta(days=n) for n in range(len(prices)))
    seen = [DayPrice(day, price, unit) for day, price in zip(days, prices, strict=True) if price is not None]
    holds: Callable[[date], ReferencePrice | None] = lambda day: reference_on(day, "beras-medium", zone, references)  # noqa: E731
    return price_alarms("beras-medium", None, reversed(seen), holds)


def test_an_alarm_stands_from_its_first_day_above_to_the_last() -> None:
    [found] = alarms(12_500, 12_501, 12_900, 12_800)
    assert (found.raised_on, found.last_on, found.days) == (date(2025, 8, 16), date(2025, 8, 18), 3)
    assert (found.reference, found.holding, found.ended_on) == (OLD, OLD, None)
    assert (found.price, found.highest) == (12_800, 12_900)
    assert found.over == pytest.approx(2.4)


@pytest.mark.parametrize("price", [12_500, 12_000])
def test_it_ends_when_the_price_is_no_more_above(price: float) -> None:
    [found] = alarms(12_600, 12_600, price, 12_400)
    assert (found.ended_on, found.ending, found.ended_by, found.days) == (date(2025, 8, 17), "price", None, 2)


def test_a_price_that_rises_again_raises_another() -> None:
    first, second = alarms(12_600, 12_400, 12_700)
    assert (first.raised_on.day, second.raised_on.day, second.ended_on) == (15, 17, None)


def test_a_price_between_the_old_reference_and_the_new_is_ended_by_the_new_on_its_first_day() -> None:
    [found] = alarms(*[13_000] * 10)
    assert (found.reference, found.raised_on, found.last_on) == (OLD, FIRST, CHANGE - timedelta(days=1))
    assert (found.ended_on, found.ending, found.ended_by) == (CHANGE, "reference", NEW)


def test_a_price_above_both_keeps_the_reference_of_its_first_day() -> None:
    [found] = alarms(*[13_800] * 10)
    assert (found.reference, found.holding, found.ended_on, found.days) == (OLD, NEW, None, 10)
    assert found.over == pytest.approx(300 / 135)


def test_days_before_a_lower_reference_are_not_judged_by_it() -> None:
    lower = het(12_000, CHANGE)
    [found] = alarms(*[12_300] * 10, references=(OLD, lower))
    assert (found.raised_on, found.reference) == (CHANGE, lower)


def test_while_the_markets_are_silent_an_alarm_neither_ends_nor_counts() -> None:
    [found] = alarms(12_600, None, None, 12_600)
    assert (found.days, found.ended_on) == (4, None)
    [found] = alarms(13_000, *[None] * 8, 13_000)  # the change lies among the silent days
    assert (found.last_on, found.ended_on, found.ending) == (FIRST, FIRST + timedelta(days=9), "reference")
    assert alarms(None, None) == ()


def test_an_alarm_ends_without_a_verdict_when_no_reference_holds() -> None:
    [found] = alarms(*[13_000] * 9, references=(OLD,))
    assert (found.ended_on, found.ending, found.ended_by) == (CHANGE, "lapsed", None)


def test_a_zones_own_reference_goes_before_the_national_one() -> None:
    national = het(12_000, date(2024, 1, 1), zone="nasional")
    assert alarms(12_300, references=(national, OLD)) == ()
    [found] = alarms(12_300, references=(national, OLD), zone="2")
    assert found.reference == national
    [found] = alarms(12_300, 12_300, references=(national, het(13_000, FIRST + timedelta(days=1))))
    assert (found.ending, found.ended_by and found.ended_by.zone) == ("reference", "1")


def test_a_price_in_another_unit_is_not_judged() -> None:
    assert alarms(45_000, unit="ekor", references=(het(40_000, FIRST),)) == ()
    changed = (het(40_000, FIRST, FIRST, unit="ekor"), het(30_000, FIRST + timedelta(days=1)))
    [found] = alarms(45_000, 45_000, unit="ekor", references=changed)
    assert (found.reference.unit, found.days, found.ended_on) == ("ekor", 1, None)


def test_an_alarm_counts_over_the_end_of_a_month() -> None:
    [found] = alarms(*[14_000] * 40, first=date(2027, 1, 31))
    assert (found.last_on, found.days) == (date(2027, 3, 11), 40)


def test_an_alarm_names_its_market() -> None:
    [found] = price_alarms("beras-medium", "pasar-anyar", [DayPrice(FIRST, 12_600, "kg")], lambda _: OLD)
    assert (found.commodity, found.market) == ("beras-medium", "pasar-anyar")
