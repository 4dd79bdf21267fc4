"""The siaga level of a river from its gauge's own ladder.

Levels as the city and BPBD use them: 4 normal, 3 waspada, 2 siaga, 1 awas: a lower number is worse. Thresholds are
each gauge's own (they differ in datum); no regulation gives them for all, so the ladder carries its source and whether
it is a sample.
"""

from __future__ import annotations

from dataclasses import dataclass

from sensors.pack.devices import Ladder, Step


@dataclass(frozen=True, slots=True)
class Siaga:
    """The step a river has reached, the next worse one, and what is missing to it, in the ladder's unit."""

    step: Step
    next_step: Step | None
    to_next: float | None

    @property
    def level(self) -> int:
        """4 normal … 1 worst."""
        return self.step.level


def judge_siaga(value: float, ladder: Ladder) -> Siaga:
    """The level of a reading in the ladder's unit; a threshold counts as reached. Below all steps it is the mildest."""
    reached = [number for number, step in enumerate(ladder.steps) if value >= step.threshold]
    number = reached[-1] if reached else 0
    if number + 1 == len(ladder.steps):
        return Siaga(ladder.steps[number], None, None)
    following = ladder.steps[number + 1]
    return Siaga(ladder.steps[number], following, following.threshold - value)


def hours_to_next(siaga: Siaga, rise_per_hour: float) -> float | None:
    """Hours until the next worse step at this rise; None when the river does not rise or is at the worst."""
    if siaga.to_next is None or rise_per_hour <= 0:
        return None
    return siaga.to_next / rise_per_hour
