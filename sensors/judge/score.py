"""How the city stands against its own targets: a score of 1 is "as wanted", and it says on how much data it rests.

The manner is CityScore's (City of Boston): score = value / target where more is better, target / value where less is,
and 1 inside a corridor. No regulation gives the formulas, weights, cap and bounds: they are the pack's rows, marked as
this project's own. A missing feed lowers the coverage, never silently the score.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sensors.pack.indicators import Indicator, Scoring

Standing = Literal["met", "near", "below", "thin", "none"]
"""At its target, close to it, below it, with too little data to be judged, or with none at all."""

FULL = 1.0


@dataclass(frozen=True, slots=True)
class Scored:
    """A score (None without data), the share 0..1 of the data it should rest on, and what it weighs in a group."""

    score: float | None
    coverage: float
    weight: float = 1.0


def judge_indicator(value: float | None, coverage: float, indicator: Indicator, scoring: Scoring) -> Scored:
    """Score one value in the indicator's unit; without a value nothing is covered either."""
    if value is None:
        return Scored(None, 0.0, indicator.weight)
    ratio = ratio_of(value, indicator)
    capped = scoring.cap if ratio is None else max(0.0, min(ratio, scoring.cap))
    return Scored(capped, max(0.0, min(coverage, FULL)), indicator.weight)


def judge_group(members: Iterable[Scored]) -> Scored:
    """The weighted mean of the members that have data; a member without counts as covered by nothing."""
    found = tuple(members)
    total = sum(each.weight for each in found)
    heard = [(each.score, each.weight) for each in found if each.score is not None]
    if not heard:
        return Scored(None, 0.0, total)
    score = sum(score * weight for score, weight in heard) / sum(weight for _, weight in heard)
    return Scored(score, sum(each.coverage * each.weight for each in found) / total, total)


def standing_of(scored: Scored, scoring: Scoring) -> Standing:
    """How a score stands. It is judged as it is written, with two decimals: a 1.00 on the wall is at its target."""
    if scored.score is None:
        return "none"
    if scored.coverage < scoring.least_coverage:
        return "thin"
    written = round(scored.score, 2)
    if written >= FULL:
        return "met"
    return "near" if written >= scoring.near else "below"


def ratio_of(value: float, indicator: Indicator) -> float | None:
    """How much of the target is reached, not capped; None where it is beyond all measure (less than nothing)."""
    if indicator.better == "within":
        return _inside(abs(value - indicator.target), indicator.tolerance)
    if indicator.better == "more":
        return _of_zero(value) if indicator.target == 0 else value / indicator.target
    if value <= 0:
        return FULL if value == indicator.target else None
    return indicator.target / value


def _inside(distance: float, tolerance: float) -> float:
    return FULL if distance <= tolerance else tolerance / distance


def _of_zero(value: float) -> float | None:
    if value == 0:
        return FULL
    return None if value > 0 else 0.0
