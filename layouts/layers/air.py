"""Air stations with their index of the last 24 hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import links
from layouts.findings.air import AirFinding, air_findings
from layouts.formats import NOTHING, number, percent
from layouts.layer import Cell, Entry, Layer, Sign
from layouts.panel import Context, Question, Rows
from layouts.places import position_words
from sensors.city import City
from sensors.kinds import KINDS

_RANKS = 3


def _entries(rows: Rows, context: Context) -> Sequence[Entry]:
    return [_entry(each, context.city) for each in air_findings(rows, context.city)]


def _entry(each: AirFinding, city: City) -> Entry:
    station, pm25 = each.station, each.readings.get("pm25")
    times = [row["observed_at"] for row in each.readings.values()]
    return Entry(
        key=station.key,
        name=station.name,
        cells=(
            Cell(each.words),
            Cell(_category(each)),
            Cell(NOTHING if pm25 is None else f"{number(pm25['value'], KINDS['pm25'].decimals)} µg/m³"),
            Cell(position_words(station, city)),
        ),
        href=links.device(station),
        at=station.point,
        label=each.words,
        rank=each.rank,
        observed_at=max(times, default=None),
    )


def _category(each: AirFinding) -> str:
    if each.verdict is None:
        return NOTHING
    word = each.verdict.category.word
    return word if each.complete else f"{word}, belum lengkap: data {percent(each.share * 100)}"


def _legend(city: City) -> Sequence[Sign]:
    known = list(enumerate(city.ispu_categories))
    return [
        Sign(number(each.low), f"ISPU mulai {number(each.low)}: {each.word}", min(max(step - 1, 0), _RANKS), "ring")
        for step, each in known
    ]


LAYER = Layer(
    key="air",
    title="Stasiun udara",
    place=60,
    form="signs",
    name_head="Stasiun udara",
    heads=lambda _: ("ISPU 24 jam", "Kategori", "PM2,5 kini", "Letak"),
    questions=(Question("latest_readings"), Question("air_day_means", every=10.0)),
    streams=frozenset({"readings"}),
    entries=_entries,
    legend=_legend,
    late_after=timedelta(minutes=15),
    stale_after=timedelta(hours=1),
)
