"""Where a warning holds now: the kecamatan it names, hatched over whatever else is shown of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import theme
from layouts.findings.bulletins import RANKS, concerns_warnings, rank_of, source, span, where
from layouts.formats import short
from layouts.layer import Cell, Entry, Layer, Sign
from layouts.panel import Context, Question, Row, Rows
from sensors.city import City

_TITLE, _PLACES = 90, 13


def _entries(rows: Rows, context: Context) -> Sequence[Entry]:
    city = context.city
    found = [row for row in rows.get("bulletins_now", ()) if rank_of(row) and concerns_warnings(row, city)]
    return [
        Entry(
            key=str(number),
            name=short(row["title"], _TITLE),
            cells=(
                Cell(f"{theme.level(rank_of(row)).sign} {row['severity']}"),
                Cell(where(row, city, _PLACES)),
                Cell(span(row, city)),
                Cell(source(row, city)),
            ),
            rank=rank_of(row),
            areas=_areas(row, city),
            observed_at=row["issued_at"],
        )
        for number, row in enumerate(found)
    ]


def _areas(row: Row, city: City) -> tuple[str, ...]:
    """The codes of the city's own places among those a warning names; all kecamatan where it names the whole city."""
    areas = row["areas"] or ()
    if any(city.region == code or city.region.startswith(f"{code}.") for code in areas):
        return tuple(city.districts)
    return tuple(code for code in areas if code in city.districts or code in city.subdistricts)


def _legend(_: City) -> Sequence[Sign]:
    return [Sign("", f"wilayah peringatan, {word}", rank, "hatch") for word, rank in RANKS.items() if rank]


LAYER = Layer(
    key="warnings",
    title="Peringatan",
    place=20,
    form="hatch",
    name_head="Peringatan",
    heads=lambda _: ("Tingkat", "Wilayah", "Berlaku", "Sumber"),
    questions=(Question("bulletins_now", every=1.0),),
    streams=frozenset({"bulletins"}),
    entries=_entries,
    legend=_legend,
    late_after=timedelta(days=3),
    stale_after=timedelta(days=7),
    nothing="Tidak ada peringatan yang berlaku.",
)
