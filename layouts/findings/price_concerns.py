"""What about prices wants a look, the worst first: above the reference, a red change, an alarm a new reference ended.

After these alarms come what is only worth watching: an amber change, and what is next below its reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from layouts.findings.standings import WEEK, Standing
from sensors.judge.price_alarm import PriceAlarm

Why = Literal["above", "change", "released", "watch", "near"]
RED, AMBER = 2, 1
RECENT = timedelta(days=14)
"""So long it is told that a new reference ended an alarm."""
_ORDER: tuple[Why, ...] = ("above", "change", "released", "watch", "near")


@dataclass(frozen=True, slots=True)
class Concern:
    """One commodity and why it is told; the alarm belongs to `above` and `released`.

    It is `above` its reference, made a red `change` over a week, was `released` by a new reference, made an amber
    change (`watch`), or is only `near` its reference.
    """

    why: Why
    standing: Standing
    alarm: PriceAlarm | None

    @property
    def alarming(self) -> bool:
        """Whether something is wrong now."""
        return self.why in {"above", "change"}

    @property
    def rank(self) -> int:
        """How bad it is: 2 an alarm, 1 to watch, 0 nothing wrong."""
        return 2 if self.alarming else int(self.why == "watch")

    @property
    def weight(self) -> float:
        """Percent by which concerns of one sort are ordered, the heaviest first."""
        change = self.standing.changes.get(WEEK)
        if self.why in {"change", "watch"}:
            return change.percent if change else 0.0  # rises before falls
        return self.standing.over if self.standing.over is not None else 0.0


def concerns(found: Iterable[Standing], today: date) -> tuple[Concern, ...]:
    """Each commodity at most once, the worst first; those near their reference, below it, come last."""
    told = [concern for each in found if (concern := _concern(each, today)) is not None]
    return tuple(sorted(told, key=lambda each: (_ORDER.index(each.why), -each.weight, each.standing.commodity.key)))


def _concern(each: Standing, today: date) -> Concern | None:
    alarm = each.alarm
    if each.above and alarm is not None and alarm.ended_on is None:
        return Concern("above", each, alarm)
    if each.week_level >= RED:
        return Concern("change", each, None)
    if alarm is not None and alarm.ending == "reference" and alarm.ended_on and today - alarm.ended_on < RECENT:
        return Concern("released", each, alarm)
    if each.week_level >= AMBER:
        return Concern("watch", each, None)
    return Concern("near", each, None) if each.over is not None else None
