"""What each commodity costs today: per market, the median, against the last day and against its official reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Commodity, ReferencePrice
from sensors.judge.price import PriceJudgement, judge_price, reference_on


@dataclass(frozen=True, slots=True)
class PriceFinding:
    """A commodity: rows by market, those of today, and how today's median (rupiah) stands."""

    commodity: Commodity
    rows: Mapping[str, Row]
    today: Mapping[str, Row]
    middle: float | None
    judgement: PriceJudgement | None
    trend: tuple[float | None, ...]

    @property
    def change_rank(self) -> int:
        """How striking the change since the last earlier day is, 0..2, by the pack's steps."""
        return self.judgement.step.level if self.judgement and self.judgement.step else 0

    @property
    def over_rank(self) -> int:
        """2 above the official reference, else 0."""
        return 2 if self.judgement and self.judgement.above_reference else 0

    @property
    def change(self) -> float | None:
        """Percent against the median of the last earlier day."""
        return self.judgement.change if self.judgement else None

    @property
    def over(self) -> float | None:
        """Percent against the upper bound of the official reference."""
        return self.judgement.over_reference if self.judgement else None

    @property
    def reference(self) -> ReferencePrice | None:
        """The official price that holds today."""
        return self.judgement.reference if self.judgement else None


def on_wall(city: City) -> tuple[Commodity, ...]:
    """The commodities of the overview in the pack's order."""
    return tuple(commodity for commodity in city.commodities.values() if commodity.on_wall)


def price_findings(rows: Rows, city: City, now: datetime) -> tuple[PriceFinding, ...]:
    """One finding a commodity on the wall, from `price_board` and `price_trend`."""
    board: dict[str, dict[str, Row]] = {}
    for row in rows.get("price_board", ()):
        if known(row["price"]) is not None and _as_sold(row, city):
            board.setdefault(row["commodity"], {})[row["market"]] = row
    days: dict[str, dict[date, float]] = {}
    for row in rows.get("price_trend", ()):
        if (price := known(row["price"])) is not None and _as_sold(row, city):
            days.setdefault(row["commodity"], {})[row["day"]] = price
    return tuple(
        _finding(city, commodity, board.get(commodity.key, {}), days.get(commodity.key, {}), now)
        for commodity in on_wall(city)
    )


def silent_markets(rows: Rows, city: City, now: datetime) -> tuple[str, ...]:
    """The markets that have reported nothing since local midnight, in the pack's order."""
    heard = {row["market"] for row in rows.get("price_board", ()) if _is_today(row, city, now)}
    return tuple(key for key in city.markets if key not in heard)


def _finding(
    city: City, commodity: Commodity, board: Mapping[str, Row], days: Mapping[date, float], now: datetime
) -> PriceFinding:
    local = now.astimezone(city.zone).date()
    today = {market: row for market, row in board.items() if _is_today(row, city, now)}
    middle = median(float(row["price"]) for row in today.values()) if today else None
    earlier = max((day for day in days if day < local), default=None)
    before = None if earlier is None else days[earlier]
    reference = reference_on(local, commodity.key, city.price_zone, city.reference_prices)
    judgement = None if middle is None else judge_price(middle, before, reference, city.price_steps)
    return PriceFinding(commodity, board, today, middle, judgement, _trend(days))


def _trend(days: Mapping[date, float]) -> tuple[float | None, ...]:
    if not days:
        return ()
    end = max(days).toordinal()
    return tuple(days.get(date.fromordinal(end - back)) for back in range(13, -1, -1))


def _as_sold(row: Row, city: City) -> bool:
    """Whether a price is in the unit the commodity is sold in now: others are never mixed in."""
    commodity = city.commodities.get(row["commodity"])
    return commodity is not None and row["unit"] == commodity.unit


def _is_today(row: Row, city: City, now: datetime) -> bool:
    here: Sequence[datetime] = (row["observed_at"].astimezone(city.zone), now.astimezone(city.zone))
    return here[0].date() == here[1].date()
