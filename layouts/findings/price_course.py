"""How a commodity's price went, market by market and in the middle, beside its dated references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median

from layouts.findings.history import Span
from layouts.formats import known
from layouts.panel import Rows
from sensors.city import City, Commodity, ReferencePrice
from sensors.judge.price import EVERYWHERE

Day = tuple[date, float]


@dataclass(frozen=True, slots=True)
class PriceCourse:
    """Prices in rupiah by day (or week): of each market, and the median with of how many markets it is."""

    commodity: Commodity
    markets: Mapping[str, tuple[Day, ...]]
    middle: tuple[Day, ...]
    counts: Mapping[date, int]
    newest: datetime | None


def price_course(rows: Rows, commodity: Commodity, city: City) -> PriceCourse:
    """From `price_course`; only what is sold in the commodity's unit, at markets the pack names."""
    found: dict[str, dict[date, float]] = {key: {} for key in city.markets}
    newest: datetime | None = None
    for row in rows.get("price_course", ()):
        price = known(row["price"])
        if price is None or price <= 0 or row["unit"] != commodity.unit or row["market"] not in found:
            continue
        found[row["market"]][row["day"]] = price
        newest = max(newest or row["observed_at"], row["observed_at"])
    days = sorted({day for prices in found.values() for day in prices})
    asked = {day: [prices[day] for prices in found.values() if day in prices] for day in days}
    return PriceCourse(
        commodity=commodity,
        markets={key: tuple(sorted(prices.items())) for key, prices in found.items() if prices},
        middle=tuple((day, median(prices)) for day, prices in asked.items()),
        counts={day: len(prices) for day, prices in asked.items()},
        newest=newest,
    )


def references_in(
    commodity: Commodity, span: Span, now: datetime, city: City
) -> list[tuple[ReferencePrice, date, date]]:
    """The references that held within a span, each with its first and last day in it; the zone's own go first."""
    until, since = now.astimezone(city.zone).date(), (now - span.length).astimezone(city.zone).date()
    own = [row for row in city.reference_prices if row.commodity == commodity.key]
    zone = [row for row in own if row.zone == city.price_zone] or [row for row in own if row.zone == EVERYWHERE]
    held = [(row, max(row.valid_from, since), min(row.valid_to or until, until)) for row in zone]
    return [(row, first, last) for row, first, last in held if first <= last]


def noon(day: date, city: City) -> datetime:
    """Where a day stands on an axis of time."""
    return datetime.combine(day, time(12), city.zone)
