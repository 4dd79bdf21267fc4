"""A commodity above its reference price (HET, HAP) at several markets: one alarm a commodity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, Source
from sensors.judge.price import percent_of, reference_on
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "price"
KEYS = ("over_percent", "markets")
QUESTIONS = ("price_board",)
STREAMS = frozenset({"prices"})
PAST = True
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Price:
    """More than `over_percent` above the reference of its day, at so many markets."""

    over_percent: float
    markets: int


def read(entry: Entry, devices: Mapping[str, Device]) -> Price:  # noqa: ARG001 - every kind is read alike
    """Both from the entry."""
    return Price(entry.number("over_percent", 0, _MOST), entry.whole("markets", 1, _MOST))


def judge(
    rule: AlarmRule,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    city: City,
    now: datetime,  # noqa: ARG001 - every kind is judged alike
) -> list[Episode]:
    """It began with the price that made the number of markets full; `value` is the highest percentage above."""
    told: Price = rule.bounds
    above: defaultdict[str, list[tuple[datetime, float, str]]] = defaultdict(list)
    for row in rows["price_board"]:
        reference = reference_on(
            city.calendar.local_day(row["observed_at"]), row["commodity"], city.price_zone, city.reference_prices
        )
        if reference is None or reference.unit != row["unit"] or row["market"] not in city.markets:
            continue
        over = percent_of(float(row["price"]), reference.high)
        if over is not None and over > told.over_percent:
            above[row["commodity"]].append((row["observed_at"], over, reference.instrument))
    return [
        _episode(told, city, key, sorted(found)) for key, found in sorted(above.items()) if len(found) >= told.markets
    ]


def _episode(told: Price, city: City, key: str, found: Sequence[tuple[datetime, float, str]]) -> Episode:
    highest = max(over for _, over, _ in found)
    name = city.commodities[key].name if key in city.commodities else key
    detail = f"sampai {highest:.0f} % di atas {found[0][2]} di {len(found)} pasar"
    return Episode(Source(key, name, cause=f"price/{key}"), found[told.markets - 1][0], detail=detail)
