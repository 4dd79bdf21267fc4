"""Noise by KEP-48/MENLH/11/1996: the level of day and night, Lsm, against the level of the zone.

The day has 16 hours (06-22), the night 8 (22-06), whose level counts with 5 dB more:
Ls = 10 log(1/16 Σ 10^(L/10)), Lm = 10 log(1/8 Σ 10^(L/10)), Lsm = 10 log(1/24 (16·10^(Ls/10) + 8·10^((Lm+5)/10))).
The zones' levels are the pack's dated rows; the tolerance is marked there as a sample where no source confirms it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import log10

from sensors.pack.noise import NoiseLimit

DAY = range(6, 22)
NIGHT = (22, 23, *range(6))
NIGHT_PENALTY = 5.0  # dB


@dataclass(frozen=True, slots=True)
class NoiseJudgement:
    """Lsm in dB(A) from the levels Ls of the day and Lm of the night, and the share of the 24 hours heard."""

    level: float
    day: float
    night: float
    limit: NoiseLimit
    share: float

    @property
    def over(self) -> float:
        """How many dB it is above the level of the zone (negative: below)."""
        return self.level - self.limit.limit

    @property
    def exceeded(self) -> bool:
        """Whether it is above the zone's level and its tolerance."""
        return self.over > self.limit.tolerance


def judge_noise(hours: Mapping[int, float], limit: NoiseLimit) -> NoiseJudgement | None:
    """Judge the equivalent levels LAeq in dB(A) by local hour (0-23); None without an hour of the day and of the night.

    An hour that was not heard counts as the energy mean of the others of its half; `share` says how many were.
    """
    day, night = (_heard(hours, wanted) for wanted in (DAY, NIGHT))
    if not day or not night:
        return None
    by_day, by_night = mean_level(day), mean_level(night)
    share = (len(day) + len(night)) / (len(DAY) + len(NIGHT))
    return NoiseJudgement(combined_level(by_day, by_night), by_day, by_night, limit, share)


def mean_level(levels: Collection[float]) -> float:
    """The energy mean of levels in dB, at least one."""
    return 10 * log10(sum(10 ** (level / 10) for level in levels) / len(levels))


def combined_level(day: float, night: float) -> float:
    """Lsm from the levels of day and night in dB(A)."""
    energy = len(DAY) * 10 ** (day / 10) + len(NIGHT) * 10 ** ((night + NIGHT_PENALTY) / 10)
    return 10 * log10(energy / (len(DAY) + len(NIGHT)))


def _heard(hours: Mapping[int, float], wanted: Collection[int]) -> list[float]:
    return [level for hour, level in hours.items() if hour in wanted]
