"""Alarms about prices above their reference (HET, HAP), over days: each keeps the reference under which it was raised.

The price of a local day is judged by the reference that holds on that day, so a new regulation never judges the days
before it. An alarm that was raised under an old reference and stands above it ends when a higher new one comes to hold:
then it says so, instead of looking as if the price had come down. References are the pack's dated rows (Bapanas,
Permendag); who holds on a day, a zone's own before a national one, is told by `sensors.judge.price.reference_on`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sensors.pack.goods import ReferencePrice

Ending = Literal["price", "reference", "lapsed"]
"""The price came down, a new reference lies above it, or no reference holds any more."""
ReferenceOn = Callable[[date], ReferencePrice | None]


@dataclass(frozen=True, slots=True)
class DayPrice:
    """What a commodity cost on a local day, in rupiah per `unit`: at one market, or the median of a city."""

    day: date
    price: float
    unit: str


@dataclass(frozen=True, slots=True)
class PriceAlarm:
    """A price above its reference from `raised_on` on. `last_on` and `price` are the newest seen above it.

    `reference` is the one under which it was raised, `holding` the one that judged `last_on`. `ended_by` is the new
    reference where that, not the price, ended it.
    """

    commodity: str
    market: str | None
    raised_on: date
    reference: ReferencePrice
    last_on: date
    price: float
    highest: float
    holding: ReferencePrice
    ended_on: date | None = None
    ending: Ending | None = None
    ended_by: ReferencePrice | None = None

    @property
    def days(self) -> int:
        """Days from the first to the last one seen above the reference, both counted."""
        return (self.last_on - self.raised_on).days + 1

    @property
    def over(self) -> float:
        """Percent of the newest price above the reference that judged it."""
        return (self.price - self.holding.high) / self.holding.high * 100


def price_alarms(
    commodity: str, market: str | None, prices: Iterable[DayPrice], reference_on: ReferenceOn
) -> tuple[PriceAlarm, ...]:
    """The alarms of one series, the oldest first; the last may still stand (`ended_on` None).

    `market` None is the city's median. A day without a price changes nothing: the alarm stands until a price is seen.
    A price in another unit than the reference's is not judged.
    """
    found: list[PriceAlarm] = []
    standing: PriceAlarm | None = None
    for seen in sorted(prices, key=lambda each: each.day):
        reference = reference_on(seen.day)
        if reference is not None and reference.unit != seen.unit:
            continue
        if reference is not None and seen.price > reference.high:
            standing = _stands(standing, seen, reference) or _raised(commodity, market, seen, reference)
        elif standing is not None:
            found.append(_ended(standing, seen, reference))
            standing = None
    return tuple(found if standing is None else [*found, standing])


def _raised(commodity: str, market: str | None, seen: DayPrice, reference: ReferencePrice) -> PriceAlarm:
    return PriceAlarm(commodity, market, seen.day, reference, seen.day, seen.price, seen.price, reference)


def _stands(standing: PriceAlarm | None, seen: DayPrice, reference: ReferencePrice) -> PriceAlarm | None:
    if standing is None:
        return None
    highest = max(standing.highest, seen.price)
    return replace(standing, last_on=seen.day, price=seen.price, highest=highest, holding=reference)


def _ended(standing: PriceAlarm, seen: DayPrice, reference: ReferencePrice | None) -> PriceAlarm:
    if reference is None:
        return replace(standing, ended_on=seen.day, ending="lapsed")
    if seen.price > standing.reference.high:
        return replace(standing, ended_on=seen.day, ending="reference", ended_by=reference)
    return replace(standing, ended_on=seen.day, ending="price")
