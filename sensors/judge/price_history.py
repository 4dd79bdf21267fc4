"""A commodity's daily medians over time: change over days, and the coefficient of variation.

Kemendag holds a coefficient of variation (standard deviation of the daily prices in percent of their mean) of 5-9 %
for normal and wants less than 5 % (liputan6 2015-01-06); the pack's dated rows say so, and over how many days. For a
change over days no official threshold exists: the steps are the pack's, marked there as the project's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, stdev

from sensors.pack.completeness import LeastShare
from sensors.pack.goods import PriceStep
from sensors.pack.variation import PriceBand

GRACE = 3
"""Days by which the earlier price may be older than asked for: markets are silent on holidays."""
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Change:
    """Percent of change of a price since that of an earlier day; `step` is the one it has passed, None while quiet."""

    percent: float
    since: date
    earlier: float
    step: PriceStep | None


@dataclass(frozen=True, slots=True)
class Variation:
    """The coefficient of variation in percent and its band; both None while too few of the span's `days` are there."""

    percent: float | None
    band: PriceBand | None
    days: int
    least_days: int


def days_that_count(markets: Mapping[date, int], enough: LeastShare) -> frozenset[date]:
    """The days heard from enough of the most markets heard on any of them: at dawn one market is not the city."""
    usual = max(markets.values(), default=0)
    return frozenset(day for day, heard in markets.items() if heard and enough.met_by(heard / usual))


def change_over(prices: Mapping[date, float], day: date, days: int, steps: Iterable[PriceStep]) -> Change | None:
    """The change of the price of `day` over so many days, judged by the steps for just as many.

    The earlier price is the newest one at least `days` and at most `days + GRACE` days old; None without it. Prices
    in rupiah, all in one unit.
    """
    if day not in prices:
        return None
    since = next((early for early in _days_back(day, days) if prices.get(early, 0) > 0), None)
    if since is None:
        return None
    percent = (prices[day] - prices[since]) / prices[since] * 100
    passed = [step for step in steps if step.days == days and abs(percent) > step.percent]
    return Change(percent, since, prices[since], passed[-1] if passed else None)


def judge_variation(prices: Mapping[date, float], day: date, bands: Sequence[PriceBand]) -> Variation | None:
    """The variation of the days up to and with `day`, by the bands in force on it; None while no band is in force."""
    ruling = bands_on(day, bands)
    if not ruling:
        return None
    span, least = ruling[0].days, ruling[0].least_days
    there = [price for on, price in prices.items() if day - timedelta(days=span) < on <= day]
    if len(there) < max(least, _LEAST) or fmean(there) <= 0:
        return Variation(None, None, len(there), least)
    percent = stdev(there) / fmean(there) * 100
    return Variation(percent, _band(percent, ruling), len(there), least)


def bands_on(day: date, bands: Iterable[PriceBand]) -> tuple[PriceBand, ...]:
    """The set of bands in force on a day: those of the latest first day."""
    begun = [band for band in bands if band.valid_from <= day]
    latest = max((band.valid_from for band in begun), default=None)
    return tuple(band for band in begun if band.valid_from == latest)


def _band(percent: float, ruling: Sequence[PriceBand]) -> PriceBand:
    # What is written 9,0 is judged as 9: arithmetic must not push a limit over itself.
    exact = round(percent, 9)
    return [band for band in ruling if exact > band.low or (band.included and exact == band.low)][-1]


def _days_back(day: date, days: int) -> Iterable[date]:
    return (day - timedelta(days=days + more) for more in range(GRACE + 1))
