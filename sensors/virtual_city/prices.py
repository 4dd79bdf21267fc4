"""Prices at the markets: a slow walk around the reference price, reported once each morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sensors.city import City, Commodity, Market
from sensors.virtual_city.chance import draw, drift
from sensors.virtual_city.daytime import DAY
from sensors.virtual_city.world import World

_FIRST, _LAST = 5.5, 8.0  # local hours in which the markets report
_SILENT = 0.03  # chance that a market does not report on a day
_MISSING = 0.02  # chance that a commodity is not on sale on a day
# What restless goods move, as a part of their price; the rest hardly moves.
_RESTLESS = {
    "cabai": 0.16,
    "cabe": 0.16,
    "bawang": 0.09,
    "tomat": 0.12,
    "telur": 0.04,
    "ayam": 0.05,
    "kentang": 0.05,
}
_STEADY = 0.018
# What is dearer before Idul Fitri, as a part of its price after a week: samples, in the order in which news tells them.
_FEAST = {
    "cabai-rawit": 0.75, "cabai": 0.5, "cabe": 0.5, "sapi": 0.25, "ayam-ras": 0.3, "ayam": 0.25,
    "telur": 0.28, "minyak": 0.25, "bawang": 0.2,
}  # fmt: skip
# Usual prices (Rp a unit as sold) where no HET or HAP exists: invented for the simulation, near what markets ask.
_USUAL = (
    ("telur-ayam-kampung", 3000.0), ("telur", 29000.0), ("sapi", 130000.0), ("ayam", 38000.0), ("susu", 13000.0),
    ("garam-bata", 8000.0), ("garam", 4000.0), ("tepung", 12500.0), ("kedelai", 12000.0), ("mie", 3500.0),
    ("jagung", 9000.0), ("tenggiri", 85000.0), ("tongkol", 38000.0), ("asin", 80000.0), ("bandeng", 36000.0),
    ("mujair", 34000.0), ("kacang-hijau", 26000.0), ("kacang", 28000.0), ("kentang", 18000.0), ("tomat", 15000.0),
    ("rawit-hijau", 34000.0), ("rawit", 46000.0), ("cabai", 42000.0), ("cabe", 42000.0), ("bawang-putih", 38000.0),
    ("bawang", 38000.0), ("minyak", 19500.0), ("gula", 17500.0), ("beras", 13800.0),
)  # fmt: skip
_DEAR = 8000.0  # from here on markets ask in steps of Rp 500, below in steps of Rp 100
_UNKNOWN = 20000.0


@dataclass(frozen=True, slots=True)
class Report:
    """One market's morning: `prices` are (commodity key, Rp, unit)."""

    at: float
    market: str
    prices: tuple[tuple[str, float, str], ...]


def reports(world: World, since: float, until: float) -> Iterator[Report]:
    """The reports made in (since, until], in the order of their time."""
    local = world.sky.local
    for day in range(local.day(since), local.day(until) + 1):
        made = (_report(world, market, day) for market in world.city.markets.values())
        due = [report for report in made if report is not None and since < report.at <= until]
        yield from sorted(due, key=lambda report: report.at)


def price(world: World, market: Market, commodity: Commodity, day: int) -> float:
    """The price (Rp a unit) of one local day, in the steps in which markets ask."""
    seed, at = world.seed, day * DAY
    moves = next((part for name, part in _RESTLESS.items() if name in commodity.key), _STEADY)
    walk = 0.55 * drift(seed, f"{commodity.key}:season", at, 17 * DAY)
    walk += 0.3 * drift(seed, f"{commodity.key}:week", at, 5 * DAY)
    walk += 0.15 * drift(seed, f"{commodity.key}:{market.key}", at, 3 * DAY)
    level = 0.94 + 0.09 * draw(seed, market.key, commodity.key, "level")
    asked = _usual(world.city, commodity, day) * level * (1 + moves * walk) * _feast(world, commodity, day)
    step = 500.0 if asked >= _DEAR else 100.0
    return max(step, round(asked / step) * step)


def _feast(world: World, commodity: Commodity, day: int) -> float:
    """How many times the usual price is asked before the feast: a third of the rise at once, all of it in a week."""
    began = world.sky.begins
    days = (world.sky.local.instant(day, _LAST) - began) / DAY
    if not world.sky.scenario.feast or days <= 0:
        return 1.0
    rise = next((part for name, part in _FEAST.items() if name in commodity.key), 0.0)
    return 1 + rise * min(1.0, (1 + 2 * days / 7) / 3)


def _report(world: World, market: Market, day: int) -> Report | None:
    seed = world.seed
    if draw(seed, market.key, "silent", day) < _SILENT:
        return None
    hour = _FIRST + (_LAST - _FIRST) * draw(seed, market.key, "reports", day)
    on_sale = [c for c in world.city.commodities.values() if draw(seed, market.key, c.key, "on", day) >= _MISSING]
    asked = tuple((c.key, price(world, market, c, day), c.unit) for c in on_sale)
    at = float(round(world.sky.local.instant(day, hour) / 60) * 60)
    return Report(at, market.key, asked) if asked else None


def _usual(city: City, commodity: Commodity, day: int) -> float:
    today = date.fromordinal(day)
    for reference in city.reference_prices:
        valid = reference.valid_from <= today and (reference.valid_to is None or today <= reference.valid_to)
        here = reference.zone in {city.price_zone, "nasional"} and reference.unit == commodity.unit
        if reference.commodity == commodity.key and here and valid:
            return (reference.low + reference.high) / 2 if reference.low is not None else reference.high
    return next((usual for name, usual in _USUAL if name in commodity.key), _UNKNOWN)
