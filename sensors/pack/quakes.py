"""Which earthquakes concern the city: by magnitude and distance, or by how they were felt in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sensors.pack.entry import CityError, Entry
from sensors.pack.files import entries

COLUMNS = ("magnitude", "within_km", "felt", "level", "hours", "source", "sample")
LEVELS = ("waspada", "siaga", "awas")
MMI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
"""The steps of the Modified Mercalli scale, by which BMKG says how a quake was felt."""


@dataclass(frozen=True, slots=True)
class QuakeRule:
    """A quake from `magnitude` within `within_km`, or felt in the city from step `felt` of MMI on, is of `level`.

    Exactly one of the two is given. The quake stays in the foreground for `hours`.
    """

    magnitude: float | None
    within_km: float | None
    felt: int | None
    level: str
    hours: float
    source: str
    sample: bool

    def fits(self, magnitude: float, km: float, felt: int | None) -> bool:
        """Whether the rule speaks of such a quake; `felt` is the highest step of MMI reported from the city."""
        if self.felt is not None:
            return felt is not None and felt >= self.felt
        return self.magnitude is not None and magnitude >= self.magnitude and km <= (self.within_km or 0)


def read_quake_rules(path: Path) -> tuple[QuakeRule, ...]:
    """The rules from the gravest level down: the first that fits decides."""
    rules: list[QuakeRule] = []
    for line in entries(path, COLUMNS):
        level = line.known("level", LEVELS)
        if rules and LEVELS.index(level) > LEVELS.index(rules[-1].level):
            raise line.wrong("level", f"no graver level than {rules[-1].level!r} of the line before")
        rules.append(
            QuakeRule(
                line.optional_number("magnitude", 0, 10),
                line.optional_number("within_km", 1, 20_100),
                MMI.index(line.known("felt", MMI)) + 1 if line.optional("felt") else None,
                level,
                line.number("hours", 1, 24 * 31),
                line.text("source"),
                line.truth("sample"),
            )
        )
        _check(line, rules[-1])
    return tuple(rules)


def _check(line: Entry, rule: QuakeRule) -> None:
    near = (rule.magnitude is not None, rule.within_km is not None)
    if near not in {(True, True), (False, False)} or near[0] is (rule.felt is not None):
        found = ", ".join(f"{name} {line.cells[name]!r}" for name in ("magnitude", "within_km", "felt"))
        raise CityError(f"{line.where}: found {found}, expected magnitude with within_km, or felt alone")
