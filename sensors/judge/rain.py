"""The class of rain in an hour or a day, as BMKG names them; the figures and their sources are the pack's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sensors.pack.rules import RainClass, Span


def judge_rain(millimetres: float, span: Span, classes: Sequence[RainClass]) -> RainClass | None:
    """The class of a sum of rain over one `span`; None where it is below the first class of that span."""
    reached = [row for row in classes if row.span == span and millimetres >= row.low]
    return reached[-1] if reached else None


@dataclass(frozen=True, slots=True)
class RainAhead:
    """The rain expected in 24 hours: its sum in mm, its class by the day, and the share of the hours that is known."""

    total: float
    share: float
    found: RainClass | None


def judge_rain_ahead(amounts: Sequence[float | None], classes: Sequence[RainClass]) -> RainAhead | None:
    """Judge a forecast by its sums of equal steps that make up 24 hours; None while no step is known.

    BMKG's classes are of an hour or a day: eight steps of three hours are added up and judged by the class of the day.
    """
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return None
    total = sum(known)
    return RainAhead(total, len(known) / len(amounts), judge_rain(round(total, 1), "day", classes))
