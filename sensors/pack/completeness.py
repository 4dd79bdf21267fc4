"""How much of a span must have been heard before a figure of it is told, or may decide anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sensors.pack.entry import CityError, once
from sensors.pack.files import entries, shown

RULES = ("ispu", "noise", "pace", "prices", "waste")
"""The figures that rest on enough being heard: the ISPU's 24-hour means, the Lsm of noise, a river's pace over an hour,
a day's median of prices (of the markets usually heard), a week's mean of waste."""


@dataclass(frozen=True, slots=True)
class LeastShare:
    """Below `percent` of what is expected a figure by `rule` is incomplete. `sample`: no source confirms it."""

    rule: str
    percent: float
    valid_from: date
    source: str
    sample: bool

    def met_by(self, share: float) -> bool:
        """Whether a share (0..1) of the expected readings is enough."""
        return share * 100 >= self.percent


def read_least_shares(path: Path) -> dict[str, LeastShare]:
    """The least shares by rule, one row each."""
    found: dict[str, LeastShare] = {}
    for line in entries(path, ("rule", "percent", "valid_from", "source", "sample")):
        rule = line.known("rule", RULES)
        once(line, "rule", found)
        found[rule] = LeastShare(
            rule, line.number("percent", 1, 100), line.day("valid_from"), line.text("source"), line.truth("sample")
        )
    for rule in RULES:
        if rule not in found:
            raise CityError(f"{shown(path)}: column 'rule': found no {rule!r}, expected a row of it")
    return found
