"""The measure of prices: how many stand at or below what the official reference of their day allows."""

from __future__ import annotations

from datetime import date, timedelta

from layouts.findings.ledger import DAY, Ledger, Span
from layouts.formats import known
from sensors.city import City, Commodity, Indicator
from sensors.judge.price import judge_price, reference_on

HUNDRED = 100.0


def price_within_reference(ledger: Ledger, indicator: Indicator, span: Span) -> tuple[float | None, float]:
    """Days of a commodity at or below its reference, in percent; over 24 hours its newest median since yesterday."""
    del indicator  # of the whole city
    judged = [
        verdict for commodity in ledger.city.commodities.values() for verdict in _verdicts(ledger, commodity, span)
    ]
    heard = [within for within in judged if within is not None]
    if not heard:
        return None, 0.0
    return sum(heard) / len(heard) * HUNDRED, len(heard) / len(judged)


def _verdicts(ledger: Ledger, commodity: Commodity, span: Span) -> list[bool | None]:
    """One a day with a reference: whether the price kept to it, None without a price."""
    prices = {
        row["day"]: price
        for row in ledger.prices.get(commodity.key, ())
        if row["unit"] == commodity.unit and (price := known(row["price"])) is not None
    }
    if span is DAY:
        newest = max((day for day in prices if ledger.today - timedelta(days=1) <= day), default=ledger.today)
        return _verdict(ledger.city, commodity, newest, prices.get(newest))
    days = [ledger.today - timedelta(days=back) for back in range(1, span.days + 1)]
    return [verdict for day in days for verdict in _verdict(ledger.city, commodity, day, prices.get(day))]


def _verdict(city: City, commodity: Commodity, day: date, price: float | None) -> list[bool | None]:
    reference = reference_on(day, commodity.key, city.price_zone, city.reference_prices)
    if reference is None or reference.unit != commodity.unit:
        return []
    return [None if price is None else not judge_price(price, None, reference, ()).above_reference]
