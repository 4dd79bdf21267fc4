"""Whether an earthquake concerns the city: by magnitude and distance, or because it was felt here.

No regulation says this; the rows of the pack (`quake_rules.csv`) are this project's own and marked as a sample. Shaking
is reported by BMKG in steps of the Modified Mercalli scale (MMI, I to XII), as in "II-III Kab. Sukabumi, II Tangerang".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sensors.pack.quakes import MMI, QuakeRule

_STEP = re.compile(r"(?:MMI\s+)?([IVX]+)(?:\s*[-–]\s*([IVX]+))?(?:\s+MMI)?\s+(?:di\s+)?")
_BETWEEN = re.compile(r"[,;()]|\s+dan\s+")
_KINDS = ("kota ", "kabupaten ", "kab. ", "kab ")


def judge_quake(magnitude: float, km: float, felt: int | None, rules: Sequence[QuakeRule]) -> QuakeRule | None:
    """The first rule that fits; None where the quake does not concern the city.

    `km` is the distance of its centre, `felt` the highest step of MMI reported from the city.
    """
    return next((rule for rule in rules if rule.fits(magnitude, km, felt)), None)


def felt_in(report: str | None, city: str) -> int | None:
    """The highest step of MMI that a report of BMKG gives for a city by its name; None where it is not named.

    `Kota Tangerang` is named by `Kota Tangerang` and by the bare `Tangerang`, but neither by `Kab. Tangerang` nor by
    `Tangerang Selatan`, which are other regions.
    """
    whole = city.casefold()
    bare = next((whole.removeprefix(kind) for kind in _KINDS if whole.startswith(kind)), whole)
    steps = [step for step, name in _named(report or "") if name in (whole, bare)]
    return max(steps, default=None)


def _named(report: str) -> Iterator[tuple[int, str]]:
    """Each place of a report with the highest step given before it: a step holds until the next."""
    step: int | None = None
    for piece in _BETWEEN.split(report):
        words = piece.strip(" .")
        head = _STEP.match(words)
        if head and all(each in MMI for each in head.groups() if each):
            step = max(MMI.index(each) + 1 for each in head.groups() if each)
            words = words[head.end() :]
        if step is not None and words:
            yield step, " ".join(words.casefold().split())
