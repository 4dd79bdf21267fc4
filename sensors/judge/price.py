"""A market price against its reference price and against an earlier price.

References are HET and HAP as Bapanas and Kemendag decree them (the pack's rows name each regulation, zone and day);
against a range the upper bound counts. No official threshold exists for a change from day to day: the pack's steps are
this project's own, and say so in their source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sensors.pack.goods import PriceStep, ReferencePrice

EVERYWHERE = "nasional"
"""The zone of a reference that holds in every zone."""


@dataclass(frozen=True, slots=True)
class PriceJudgement:
    """Percent of change since the earlier price and above the reference (negative: below); None where unknown.

    `step` is the pack's step that the amount of change has passed, None when it is quiet or unknown.
    """

    change: float | None
    over_reference: float | None
    reference: ReferencePrice | None
    step: PriceStep | None

    @property
    def above_reference(self) -> bool:
        """Whether the price is above what the regulation allows or wants."""
        return self.over_reference is not None and self.over_reference > 0


def judge_price(
    price: float, earlier: float | None, reference: ReferencePrice | None, steps: Sequence[PriceStep]
) -> PriceJudgement:
    """Judge a price in rupiah per the commodity's unit; `earlier`, of the last day, and `reference` in the same unit.

    Of the steps those for a change from day to day count.
    """
    change = percent_of(price, earlier)
    over = percent_of(price, reference.high) if reference is not None else None
    return PriceJudgement(change, over, reference, _step(change, steps))


def reference_on(day: date, commodity: str, zone: str, references: Iterable[ReferencePrice]) -> ReferencePrice | None:
    """The reference of a commodity that holds in `zone` on a local day; the zone's own goes before a national one."""
    holding = [row for row in references if row.commodity == commodity and _holds(row, day)]
    for wanted in (zone, EVERYWHERE):
        for row in holding:
            if row.zone == wanted:
                return row
    return None


def percent_of(price: float, base: float | None) -> float | None:
    """How many percent `price` is above `base`; None without a base."""
    return (price - base) / base * 100 if base else None


def _holds(row: ReferencePrice, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def _step(change: float | None, steps: Sequence[PriceStep]) -> PriceStep | None:
    passed = [step for step in steps if step.days == 1 and change is not None and abs(change) > step.percent]
    return passed[-1] if passed else None
