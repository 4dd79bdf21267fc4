"""How a gauge is told: its siaga step in number and word, its pace, and what is missing to the next worse step."""

from __future__ import annotations

from layouts.findings.rivers import STEADY, GaugeFinding
from layouts.formats import NOTHING, number

_FAR = 24.0
"""Beyond so many hours (the project's own figure) nothing is foretold from one hour's rise."""


def siaga_words(each: GaugeFinding) -> str:
    """`Siaga 1 (awas)`, or why there is none."""
    return each.words or ("belum ada data" if each.row is None else "tanpa ambang")


def move_words(each: GaugeFinding) -> str:
    """Direction and pace."""
    if each.rate is None:
        return NOTHING
    if abs(each.rate) < STEADY:
        return "→ tetap"
    return f"{'↑' if each.rate > 0 else '↓'} {number(abs(each.rate))} cm/jam"


def next_words(each: GaugeFinding) -> str:
    """How far the next worse step is."""
    siaga = each.siaga
    if siaga is None:
        return NOTHING
    if siaga.next_step is None:
        return f"ambang terakhir, {number(siaga.step.threshold)} cm"
    return f"{number(siaga.to_next)} cm ke Siaga {siaga.next_step.level} ({number(siaga.next_step.threshold)})"


def hours_words(each: GaugeFinding) -> str:
    """How long to the next worse step as the river rises now; empty when it does not, or is far from it."""
    if each.hours is None or each.hours > _FAR:
        return ""
    if each.hours < 1:
        return f"sekitar {number(max(5 * round(each.hours * 12), 5))} menit lagi"
    return f"sekitar {number(each.hours)} jam lagi"
