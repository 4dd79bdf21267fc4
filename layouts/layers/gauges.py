"""River gauges: the siaga step on each one's own ladder, and whether the river rises or falls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import links, theme
from layouts.findings.rivers import STEADY, GaugeFinding, gauge_findings
from layouts.formats import NOTHING, number
from layouts.layer import Cell, Entry, Layer, Sign
from layouts.panel import Context, Question, Rows
from layouts.places import position_words
from sensors.city import City

_CALM = "▽"
"""A gauge at its mildest step: the usual sign of a water level."""
_SIAGA = ((0, "Siaga 4, normal"), (1, "Siaga 3, waspada"), (2, "Siaga 2, siaga"), (3, "Siaga 1, awas"))


def _entries(rows: Rows, context: Context) -> Sequence[Entry]:
    return [_entry(each, context.city) for each in gauge_findings(rows, context.city)]


def _entry(each: GaugeFinding, city: City) -> Entry:
    gauge = each.gauge
    level = NOTHING if each.row is None else f"{number(each.row['value'])} cm"
    return Entry(
        key=gauge.key,
        name=gauge.name,
        cells=(
            Cell(level),
            Cell(each.words or NOTHING),
            Cell(_move(each)),
            Cell(position_words(gauge, city)),
        ),
        href=links.device(gauge),
        at=gauge.point,
        label=f"{_sign(each.rank)}{_arrow(each)}",
        rank=each.rank,
        observed_at=each.row["observed_at"] if each.row else None,
    )


def _sign(rank: int) -> str:
    return theme.level(rank).sign if rank else _CALM


def _arrow(each: GaugeFinding) -> str:
    if each.rate is None:
        return ""
    return "→" if abs(each.rate) < STEADY else "↑" if each.rate > 0 else "↓"


def _move(each: GaugeFinding) -> str:
    if each.rate is None:
        return NOTHING
    if abs(each.rate) < STEADY:
        return "→ tetap"
    return f"{_arrow(each)} {'naik' if each.rate > 0 else 'turun'} {number(abs(each.rate))} cm/jam"


def _legend(_: City) -> Sequence[Sign]:
    steps = [Sign(_sign(rank), words, rank) for rank, words in _SIAGA]
    return [*steps, Sign("↑ ↓ →", "naik, turun, tetap")]


LAYER = Layer(
    key="gauges",
    title="Pos duga air",
    place=50,
    form="signs",
    name_head="Pos duga air",
    heads=lambda _: ("Tinggi muka air", "Status", "Laju 1 jam", "Letak"),
    questions=(Question("latest_readings"), Question("gauge_trend", every=30.0)),
    streams=frozenset({"readings"}),
    entries=_entries,
    legend=_legend,
    late_after=timedelta(minutes=15),
    stale_after=timedelta(hours=1),
)
