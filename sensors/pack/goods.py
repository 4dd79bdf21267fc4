"""What is sold: markets, commodities, dated reference prices and the steps that judge a change of price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sensors.pack.entry import once
from sensors.pack.files import entries
from sensors.pack.places import Box, Point

INSTRUMENTS = ("HET", "HAP")
MOST = 100_000_000.0  # rupiah: a price beyond it is a slip


@dataclass(frozen=True, slots=True)
class Market:
    """A market that reports prices."""

    key: str
    name: str
    short: str
    point: Point
    source: str


@dataclass(frozen=True, slots=True)
class Commodity:
    """A commodity of the TPID list with the unit it is sold in. `on_wall` puts it on the overview."""

    key: str
    name: str
    unit: str
    group: str
    on_wall: bool


@dataclass(frozen=True, slots=True)
class ReferencePrice:
    """A dated, zoned official price (HET or HAP); a range has `low`, news and we compare with `high`."""

    commodity: str
    instrument: str
    low: float | None
    high: float
    unit: str
    zone: str
    valid_from: date
    valid_to: date | None
    regulation: str
    source: str


@dataclass(frozen=True, slots=True)
class PriceStep:
    """A change over `days` days by more than `percent`, up or down, is at `level` (1 amber, 2 red)."""

    days: int
    level: int
    word: str
    percent: float
    source: str


def read_markets(path: Path, box: Box) -> dict[str, Market]:
    """Markets by key."""
    markets: dict[str, Market] = {}
    for line in entries(path, ("key", "name", "short", "lat", "lon", "approximate", "source")):
        once(line, "key", markets)
        key, point = line.key("key"), box.point(line, approximate=line.truth("approximate"))
        markets[key] = Market(key, line.text("name"), line.text("short"), point, line.text("source"))
    return markets


def read_commodities(path: Path, units: Sequence[str], groups: Sequence[str]) -> dict[str, Commodity]:
    """Commodities by key, each sold in one of the city's units and of one of its groups."""
    found: dict[str, Commodity] = {}
    for line in entries(path, ("key", "name", "unit", "group", "on_wall")):
        once(line, "key", found)
        key, wall = line.key("key"), line.truth("on_wall")
        found[key] = Commodity(key, line.text("name"), line.known("unit", units), line.known("group", groups), wall)
    return found


def read_reference_prices(
    path: Path, commodities: Mapping[str, Commodity], zones: Sequence[str]
) -> tuple[ReferencePrice, ...]:
    """Reference prices in the file's order; of one commodity and zone no two hold on the same day."""
    columns = (
        "commodity", "instrument", "low", "high", "unit", "zone", "valid_from", "valid_to", "regulation", "source",
    )  # fmt: skip
    prices: list[ReferencePrice] = []
    for line in entries(path, columns):
        price = ReferencePrice(
            commodity=line.known("commodity", commodities),
            instrument=line.known("instrument", INSTRUMENTS),
            low=line.optional_number("low", 1, MOST),
            high=line.number("high", 1, MOST),
            unit=line.known("unit", [commodities[line.cells["commodity"]].unit]),
            zone=line.known("zone", zones),
            valid_from=line.day("valid_from"),
            valid_to=line.optional_day("valid_to"),
            regulation=line.text("regulation"),
            source=line.text("source"),
        )
        if price.low is not None and price.low > price.high:
            raise line.wrong("low", f"at most high, {price.high:g}")
        if price.valid_to is not None and price.valid_to < price.valid_from:
            raise line.wrong("valid_to", f"a day from {price.valid_from} on")
        if any(_both_hold(price, other) for other in prices):
            raise line.wrong("valid_from", f"a day on which no other price of {price.commodity} holds in its zone")
        prices.append(price)
    return tuple(prices)


def read_price_steps(path: Path) -> tuple[PriceStep, ...]:
    """The steps by their span of days, of each span from the mildest to the worst."""
    steps: list[PriceStep] = []
    for line in entries(path, ("days", "level", "word", "percent", "source")):
        days, level = line.whole("days", 1, 30), line.whole("level", 1, 2)
        percent = line.number("percent", 0, 1000)
        before = next((step for step in reversed(steps) if step.days == days), None)
        if before and (level <= before.level or percent <= before.percent):
            raise line.wrong("percent", f"a higher level and more than {before.percent:g}, the step before")
        steps.append(PriceStep(days, level, line.text("word"), percent, line.text("source")))
    return tuple(steps)


def _both_hold(one: ReferencePrice, other: ReferencePrice) -> bool:
    if (one.commodity, one.zone) != (other.commodity, other.zone):
        return False
    return (other.valid_to is None or one.valid_from <= other.valid_to) and (
        one.valid_to is None or other.valid_from <= one.valid_to
    )
