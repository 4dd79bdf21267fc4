"""Whether a service's own yearly summary adds up: all cases that came in are done, worked on or waiting.

No regulation asks for it; arithmetic does. The city's published LAKSA figures show why it is looked at: 2024 fits
(14 012 = 13 421 + 20 + 571, linimassa), 1 January to 14 April 2025 has 40 more parts than cases (3 986; rmolbanten,
tribuntangerang 2025-04-15), 1 January to 15 December 2025 leaves 200 without a state (12 080; Antara 2025).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from sensors.pack.totals import PARTS, TOTAL


@dataclass(frozen=True, slots=True)
class TotalsJudgement:
    """A summary of one instant. `difference`: cases without a state; negative: more states than cases."""

    total: int
    parts: int
    observed_at: datetime

    @property
    def difference(self) -> int:
        """Total less the sum of its parts."""
        return self.total - self.parts

    @property
    def fits(self) -> bool:
        """Whether every case has exactly one state."""
        return self.difference == 0


def judge_totals(figures: Mapping[str, tuple[float, datetime]]) -> TotalsJudgement | None:
    """Judge the newest value and its time by kind; None unless all four are known and were observed at one instant.

    Figures of different instants cannot be expected to add up.
    """
    wanted = [figures[kind] for kind in (TOTAL, *PARTS) if kind in figures and isfinite(figures[kind][0])]
    if len(wanted) <= len(PARTS) or len({at for _, at in wanted}) != 1:
        return None
    total, *others = (round(value) for value, _ in wanted)
    return TotalsJudgement(total, sum(others), wanted[0][1])
