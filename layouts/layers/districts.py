"""Kecamatan, coloured by any measure of the map; every measure stands in the table at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import links, theme
from layouts.findings.measures import MEASURES
from layouts.layer import Cell, Entry, Layer, Sign
from layouts.panel import Context, Question, Rows
from sensors.city import City

_UNKNOWN = "tidak ada data"


def _entries(rows: Rows, context: Context) -> Sequence[Entry]:
    city = context.city
    figures = {key: measure.figures(rows, city) for key, measure in MEASURES.items()}
    return [
        Entry(
            key=code,
            name=district.name,
            cells=tuple(
                Cell(found[code].words, {"measure": key, "colour": theme.MAP_SHADES[found[code].shade]})
                if code in found
                else Cell(_UNKNOWN, {"measure": key, "unknown": "true"})
                for key, found in figures.items()
            ),
            href=links.district(code),
            areas=(code,),
        )
        for code, district in city.districts.items()
    ]


def _heads(_: City) -> tuple[str, ...]:
    return tuple(f"{each.title}, {each.unit}" if each.unit else each.title for each in MEASURES.values())


def _legend(_: City) -> Sequence[Sign]:
    return ()  # the steps of each measure stand beside the choice of the measure


LAYER = Layer(
    key="districts",
    title="Kecamatan",
    place=10,
    form="areas",
    name_head="Kecamatan",
    heads=_heads,
    questions=(
        Question("latest_readings"),
        Question("rain_sums", every=10.0),
        Question("case_counts"),
        Question("recent_cases"),
    ),
    streams=frozenset({"readings", "cases"}),
    entries=_entries,
    legend=_legend,
    late_after=timedelta(minutes=15),
    stale_after=timedelta(hours=1),
    ages=False,
)
