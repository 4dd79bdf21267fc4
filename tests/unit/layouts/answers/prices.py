"""Answers about prices over a month and about the markets' reports."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from sensors.city import City
from tests.unit.layouts.answers import Made


def full(city: City, now: datetime) -> Made:
    """A month of every commodity, a little dearer each day, and every market heard this morning."""
    today = now.astimezone(city.zone).date()
    return {
        "price_days": [
            {
                "commodity": goods.key,
                "unit": goods.unit,
                "day": today - timedelta(days=back),
                "price": 13_400.0 - 40 * back,
                "markets": len(city.markets),
            }
            for goods in city.commodities.values()
            for back in range(37)
        ],
        "market_reports": [
            {
                "market": market,
                "last_at": now - timedelta(hours=7),
                "first_today_at": now - timedelta(hours=7),
                "commodities_today": 39,
                "days": 29,
            }
            for market in city.markets
        ],
    }


def spoil(rows: Made, city: City) -> None:
    """Prices that cannot be, units and markets nobody knows, days of the future, gaps."""
    wild = [1e300, -1e300, 0.0, None, math.nan, math.inf, 1e-9]
    rows["price_days"] = [
        {**row, "price": wild[i % len(wild)], "markets": 10**9} for i, row in enumerate(rows["price_days"]) if i % 5
    ]
    first = dict(rows["price_days"][0])
    rows["price_days"] += [
        {**first, "commodity": "?"},
        {**first, "unit": "u" * 64, "price": 5.0},
        {**first, "day": first["day"] + timedelta(days=400), "price": 5.0},
    ]
    seen = rows["market_reports"]
    seen[0] = {**seen[0], "market": "x" * 64, "commodities_today": 10**12, "days": 10**12}
    seen[1] = {**seen[1], "first_today_at": None, "commodities_today": 0, "days": 0}
    del seen[2], city
