"""How a score's standing looks and reads, the same for a goal, a pillar and an indicator."""

from __future__ import annotations

from collections.abc import Mapping

from layouts import html, theme
from layouts.formats import NOTHING, percent
from sensors.judge.score import Scored, Standing

RANKS: Mapping[Standing, int] = {"met": 0, "near": 1, "below": 2, "thin": 0, "none": 0}
WORDS: Mapping[Standing, str] = {
    "met": "sesuai target",
    "near": "mendekati target",
    "below": "di bawah target",
    "thin": "data kurang",
    "none": "belum ada data",
}
SHORT: Mapping[Standing, str] = {
    "met": "sesuai",
    "near": "mendekati",
    "below": "di bawah",
    "thin": "kurang data",
    "none": "belum ada",
}
"""For a row, where "target" stands beside it."""
_UNJUDGED = "◌"
_DUST = 1e-9
"""A mean of whole shares may miss the whole by rounding."""


def badge(ident: str, standing: Standing, words: Mapping[Standing, str] = WORDS) -> html.Span:
    """A standing as shape, word and colour."""
    sign = _UNJUDGED if standing in {"thin", "none"} else theme.level(RANKS[standing]).sign
    return html.Span(f"{sign} {words[standing]}", id=ident, className=f"badge rank-{RANKS[standing]}")


def judged(standing: Standing) -> str:
    """The class of a score's figure: coloured where it is wrong, faint where it is not judged."""
    return "unjudged" if standing in {"thin", "none"} else f"rank-{RANKS[standing]}"


def coverage(scored: Scored, standing: Standing = "met") -> str:
    """On how much of its data a score rests; rounded down, so that only a whole one is called 100 %."""
    share = percent(int(scored.coverage * 100 + _DUST)) if scored.score is not None else NOTHING
    return f"kurang, {share}" if standing == "thin" else f"data {share}"
