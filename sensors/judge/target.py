"""A figure against what the city wants of it.

No regulation gives these bounds for all: each is a dated row of the pack's targets.csv that names its source and
whether it is a sample. Reaching a bound exactly is keeping it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sensors.pack.targets import Target

Verdict = Literal["met", "short", "missed", "under-way", "compared"]
RANKS: dict[Verdict, int] = {"met": 0, "short": 1, "missed": 2, "under-way": 0, "compared": 0}


@dataclass(frozen=True, slots=True)
class Standing:
    """`value` in the target's unit and how it stands: `short` is between target and warning bound, `missed` beyond.

    `under-way`: not reached, and its day has not come. `compared`: a figure that only gives the scale.
    """

    target: Target
    value: float
    verdict: Verdict

    @property
    def rank(self) -> int:
        """How bad, from 0 (as wanted) to 2."""
        return RANKS[self.verdict]

    @property
    def share(self) -> float | None:
        """Percent of the target; None where the target is zero."""
        return self.value / self.target.target * 100 if self.target.target else None


def judge_target(value: float, target: Target, day: date) -> Standing:
    """Judge a value in the target's unit on a local day."""
    return Standing(target, value, _verdict(value, target, day))


def target_on(
    day: date, kind: str, statistic: str, targets: Sequence[Target], devices: Sequence[str] = ()
) -> Target | None:
    """The target of these devices that holds on a local day; their own row goes before one for any device."""
    for wanted in (set(devices), set()):
        holding = [
            row
            for row in targets
            if (row.kind, row.statistic, set(row.devices)) == (kind, statistic, wanted) and row.valid_from <= day
        ]
        if holding:
            return max(holding, key=lambda row: row.valid_from)
    return None


def _verdict(value: float, target: Target, day: date) -> Verdict:
    if target.warn is None:
        return "compared"
    if target.better == "near":
        return "met" if abs(value - target.target) <= target.warn else "short"
    sign = 1 if target.better == "more" else -1
    if sign * (value - target.target) >= 0:
        return "met"
    if target.due is not None and day <= target.due:
        return "under-way"
    return "short" if sign * (value - target.warn) >= 0 else "missed"
