"""Whether a kelurahan or a kecamatan stands out, by which of its figures, and by which row of the pack.

No regulation says when a kelurahan is red. The rule is the pack's (place_levels.csv): each measure by itself, the worst
counts, and every reason is told with its row, so that whoever doubts the colour finds what decided it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sensors.pack.place_levels import PlaceLevel


@dataclass(frozen=True, slots=True)
class Reason:
    """One figure that is as bad as a row of the pack says."""

    value: float
    row: PlaceLevel


@dataclass(frozen=True, slots=True)
class Standing:
    """How a place stands: the reasons, the worst first; none of them while all is as usual."""

    reasons: tuple[Reason, ...]

    @property
    def rank(self) -> int:
        """From 0 (as usual) to 3 (merah)."""
        return self.reasons[0].row.rank if self.reasons else 0

    @property
    def level(self) -> str:
        """The word of the pack, or `biasa`."""
        return self.reasons[0].row.level if self.reasons else "biasa"

    @property
    def sample(self) -> bool:
        """Whether what decides is the project's own choice."""
        return bool(self.reasons) and all(each.row.sample for each in self.reasons if each.row.rank == self.rank)


def judge_place(
    figures: Mapping[str, float], cases: float, scope: str, rows: Iterable[PlaceLevel], day: date
) -> Standing:
    """Hold a place's figures, by measure, against the rows valid on this day; `cases` are its open ones."""
    valid = {(row.measure, row.level): row for row in rows if row.scope == scope and row.valid_from <= day}
    worst: dict[str, Reason] = {}
    for row in sorted(valid.values(), key=lambda each: each.rank):
        value = figures.get(row.measure)
        if value is not None and cases >= row.least and row.reached(value):
            worst[row.measure] = Reason(value, row)
    return Standing(tuple(sorted(worst.values(), key=lambda each: -each.row.rank)))
