"""Prices that markets report: `<root>/prices/<market>`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec.structs import replace

from data.records import Message, Price, Rejection
from ingest.fields import Fields
from sensors.city import City
from sensors.reading import CodecError

NAME = "prices"
TOPIC = "prices/+"
_LOWEST, _HIGHEST = 1, 1_000_000_000  # rupiah for a unit of anything a market sells
_CENT = Decimal("0.01")


def parse(message: Message, sender: str, city: City) -> Message:
    """The prices of one report; an unknown commodity or another unit is refused by name, the others are kept."""
    fields = Fields.of(message.payload)
    observed_at = fields.time("observed_at", message.received_at)
    entries = fields.list("prices")
    if not entries:
        raise fields.wrong("no-values", "prices", "an array of commodity, price and unit")
    prices: list[Price] = []
    rejections: list[Rejection] = []
    skipped = 0
    for place, entry in enumerate(entries):
        try:
            line = Fields(entry, f"prices[{place}]")
            price = _price(line, sender, observed_at, city)
        except CodecError as error:
            rejections.append(Rejection(error.reason, error.detail))
        else:
            skipped += line.skipped
            prices += [] if price is None else [price]
    return replace(message, prices=tuple(prices), skipped=skipped, rejections=tuple(rejections))


def _price(line: Fields, market: str, observed_at: datetime, city: City) -> Price | None:
    commodity = city.commodities[line.known("commodity", city.commodities)]
    if line.is_null("price"):
        return None
    if line.text("unit", 32) != commodity.unit:
        raise line.wrong("unit-mismatch", "unit", f"{commodity.unit!r}, the unit of {commodity.key}")
    price = Decimal(str(line.number("price", _LOWEST, _HIGHEST))).quantize(_CENT)
    return Price(market, commodity.key, price, commodity.unit, observed_at)
