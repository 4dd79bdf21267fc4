"""How each commodity stands: median, changes, variation, reference and alarm, and what each market asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from statistics import median

from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Commodity, ReferencePrice
from sensors.judge.price import percent_of, reference_on
from sensors.judge.price_alarm import DayPrice, PriceAlarm, price_alarms
from sensors.judge.price_history import Change, Variation, change_over, days_that_count, judge_variation

SPANS = (1, 7, 30)
"""Days over which a change is told."""
WEEK = 7
"""The span whose steps raise an alarm."""
TREND = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """A commodity on `day`, the newest local day of which enough markets are known (None: there is none).

    `middle` is that day's median in rupiah over `markets` markets. `offers` is what markets asked last, on that day or
    after it, from the cheapest to the dearest. `alarm` stands, or was ended lately; `first` is the first day of all
    that is known, before which nothing can be said.
    """

    commodity: Commodity
    day: date | None
    middle: float | None
    markets: int
    offers: tuple[Row, ...]
    changes: Mapping[int, Change | None]
    variation: Variation | None
    reference: ReferencePrice | None
    over: float | None
    alarm: PriceAlarm | None
    first: date | None
    trend: tuple[float | None, ...]

    @property
    def above(self) -> bool:
        """Whether the median is above the reference."""
        return self.over is not None and self.over > 0

    @property
    def week_level(self) -> int:
        """0 quiet, 1 amber, 2 red: the pack's steps for a change over a week."""
        change = self.changes.get(WEEK)
        return change.step.level if change and change.step else 0

    @property
    def restless_level(self) -> int:
        """The level of the band of its variation, 0 while unknown."""
        return self.variation.band.level if self.variation and self.variation.band else 0

    @property
    def rank(self) -> int:
        """The worst of all that is judged, 0..2."""
        return max(2 if self.above else 0, self.week_level, self.restless_level)

    @property
    def markets_above(self) -> tuple[Row, ...]:
        """The offers above the reference, the dearest first."""
        high = self.reference.high if self.reference else None
        return tuple(row for row in reversed(self.offers) if high is not None and float(row["price"]) > high)


def standings(rows: Rows, city: City, now: datetime) -> tuple[Standing, ...]:
    """One standing a commodity in the pack's order, from `price_board` and `price_days`."""
    today = city.calendar.local_day(now)
    board: dict[str, list[Row]] = {}
    for row in _sold(rows.get("price_board", ()), city):
        if row["market"] in city.markets:
            board.setdefault(row["commodity"], []).append(row)
    days: dict[str, list[Row]] = {}
    for row in _sold(rows.get("price_days", ()), city):
        if row["day"] <= today:
            days.setdefault(row["commodity"], []).append(row)
    return tuple(
        _standing(city, commodity, board.get(key, ()), days.get(key, ()), today)
        for key, commodity in city.commodities.items()
    )


def newest_day(found: Iterable[Standing]) -> date | None:
    """The newest local day that brought any price."""
    return max((each.day for each in found if each.day is not None), default=None)


def _sold(rows: Iterable[Row], city: City) -> Iterable[Row]:
    """Rows of a known price in the unit the commodity is sold in now: units are never mixed."""
    for row in rows:
        commodity, price = city.commodities.get(row["commodity"]), known(row["price"])
        if commodity is not None and row["unit"] == commodity.unit and price is not None and price > 0:
            yield row


def _standing(city: City, commodity: Commodity, board: Sequence[Row], days: Sequence[Row], today: date) -> Standing:
    prices, markets = _known_days(city, board, days, today)
    day = max(prices, default=None)
    middle = prices[day] if day else None
    holds = partial(reference_on, commodity=commodity.key, zone=city.price_zone, references=city.reference_prices)
    reference = holds(day or today)
    seen = [DayPrice(on, price, commodity.unit) for on, price in prices.items()]
    alarms = price_alarms(commodity.key, None, seen, holds)
    return Standing(
        commodity=commodity,
        day=day,
        middle=middle,
        markets=markets[day] if day else 0,
        offers=_offers(city, board, day, today),
        changes={span: change_over(prices, day, span, city.price_steps) if day else None for span in SPANS},
        variation=judge_variation(prices, day or today, city.price_bands),
        reference=reference,
        over=percent_of(middle, reference.high) if middle is not None and reference is not None else None,
        alarm=alarms[-1] if alarms else None,
        first=min(prices, default=None),
        trend=tuple(prices.get(today - timedelta(days=back)) for back in range(TREND - 1, -1, -1)) if prices else (),
    )


def _known_days(
    city: City, board: Sequence[Row], days: Sequence[Row], today: date
) -> tuple[dict[date, float], dict[date, int]]:
    """Median and number of markets of each day that counts; of the board's newest day as the board has it.

    The board is asked more often than the days.
    """
    prices = {row["day"]: float(row["price"]) for row in days}
    markets = {row["day"]: int(row["markets"]) for row in days}
    newest = max((_day_of(row, city, today) for row in board), default=None)
    if newest is not None and newest >= max(markets, default=newest):
        asked = [float(row["price"]) for row in board if _day_of(row, city, today) == newest]
        prices[newest], markets[newest] = median(asked), len(asked)
    counting = days_that_count(markets, city.least_shares["prices"])
    return {day: price for day, price in prices.items() if day in counting}, markets


def _offers(city: City, board: Sequence[Row], day: date | None, today: date) -> tuple[Row, ...]:
    """What each market asked last, from the cheapest on; nothing older than `day`."""
    fresh = [row for row in board if day is not None and _day_of(row, city, today) >= day]
    return tuple(sorted(fresh, key=lambda row: (float(row["price"]), row["market"])))


def _day_of(row: Row, city: City, today: date) -> date:
    """The local day of a price, none of them of tomorrow."""
    return min(city.calendar.local_day(row["observed_at"]), today)
