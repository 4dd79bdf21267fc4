"""Prices over a month: each commodity's course against its reference, where it began and where it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from layouts.charts import Chart, Line, Threshold
from layouts.findings.price_words import against, change
from layouts.formats import NOTHING, known, number, rupiah
from layouts.reports.course_of_days import day_ticks, days_of
from layouts.reports.facts import Facts, listed
from layouts.reports.paper import Cell, Column, Figure, Picture, Pictures, Section, Source, Table
from layouts.reports.plots import plotted
from sensors.city import Commodity, ReferencePrice
from sensors.judge.price import percent_of, reference_on

QUESTIONS = ("price_days",)
_HALF = timedelta(hours=12)
_GAP = timedelta(days=2.5)
_DRAWN = 12
_COLUMNS = (
    Column("Komoditas", part=1.5),
    Column("Awal", "right"),
    Column("Akhir", "right"),
    Column("Berubah", "right"),
    Column("Terendah", "right"),
    Column("Tertinggi", "right"),
    Column("Rerata", "right"),
    Column("Thd bln lalu", "right"),
    Column("Acuan", "right"),
    Column("Hari di atas", "right"),
    Column("Hari data", "right"),
)


@dataclass(frozen=True, slots=True)
class Month:
    """A commodity's medians by day; `above` counts the days on which it was above the reference then in force."""

    commodity: Commodity
    days: tuple[tuple[date, float], ...]
    reference: ReferencePrice | None
    above: int
    before: float | None

    @property
    def mean(self) -> float | None:
        """The mean of its daily medians."""
        return sum(price for _, price in self.days) / len(self.days) if self.days else None

    @property
    def changed(self) -> float | None:
        """Percent from its first day to its last."""
        return percent_of(self.days[-1][1], self.days[0][1]) if self.days else None


def months_of(facts: Facts) -> tuple[Month, ...]:
    """Every commodity that was heard in the month, those longest above their reference first."""
    now, last = _medians(facts), _medians(facts.before) if facts.before else {}
    found = [
        _month(each, facts, now[key], last.get(key, {})) for key, each in facts.city.commodities.items() if key in now
    ]
    return tuple(sorted(found, key=lambda each: (-each.above, -abs(each.changed or 0.0), each.commodity.key)))


def section(facts: Facts) -> Section:
    """What a month says of prices."""
    found = months_of(facts)
    above = [each for each in found if each.above]
    drawn = [each for each in found if each.reference][:_DRAWN]
    return Section(
        "prices",
        "Harga pasar",
        said=(_said(found, above),),
        figures=(
            Figure(
                "prices.above",
                "Komoditas pernah di atas acuan",
                len(above),
                number(len(above)),
                f"dari {number(sum(each.reference is not None for each in found))} yang punya acuan",
                2 if above else 0,
            ),
            Figure(
                "prices.heard",
                "Komoditas terdengar",
                len(found),
                number(len(found)),
                f"dari {number(len(facts.city.commodities))}",
            ),
        ),
        blocks=(
            Pictures(
                tuple(_picture(each, facts) for each in drawn), 3, 16, "Median harian antarpasar dan acuan resminya"
            ),
            Table(
                _COLUMNS,
                tuple(_row(each) for each in found),
                title="Semua komoditas, yang terlama di atas acuan lebih dulu",
                note="Median harian harga terakhir tiap pasar, rupiah. Rentang acuan: batas atasnya yang dipakai.",
                empty="Belum ada harga dalam bulan ini.",
            ),
        ),
        sources=(Source("Harga", "laporan pasar lewat MQTT, median antarpasar per hari", _rules(found)),),
    )


def _medians(facts: Facts) -> dict[str, dict[date, float]]:
    found: dict[str, dict[date, float]] = {}
    for row in facts.of("price_days"):
        commodity, price = facts.city.commodities.get(row["commodity"]), known(row["price"])
        right = commodity is not None and row["unit"] == commodity.unit and price is not None
        if right and facts.period.first <= row["day"] <= facts.period.last:
            found.setdefault(row["commodity"], {})[row["day"]] = float(price or 0.0)
    return found


def _month(commodity: Commodity, facts: Facts, days: dict[date, float], before: dict[date, float]) -> Month:
    holds = partial(
        reference_on, commodity=commodity.key, zone=facts.city.price_zone, references=facts.city.reference_prices
    )
    above = sum(1 for on, price in days.items() if (reference := holds(on)) is not None and price > reference.high)
    return Month(
        commodity,
        tuple(sorted(days.items())),
        holds(max(days)),
        above,
        sum(before.values()) / len(before) if before else None,
    )


def _said(found: tuple[Month, ...], above: list[Month]) -> str:
    if not found:
        return "Belum ada harga dalam bulan ini."
    moved = max(found, key=lambda each: abs(each.changed or 0.0))
    longest = listed([f"{each.commodity.name} {number(each.above)} hari" for each in above], 3)
    first = (
        f"{number(len(above))} komoditas pernah di atas acuan ({longest})"
        if above
        else "Tidak ada komoditas di atas acuan"
    )
    return f"{first}; pergerakan terbesar {moved.commodity.name}, {change(moved.changed)} dari awal ke akhir bulan."


def _picture(each: Month, facts: Facts) -> Picture:
    reference = each.reference
    calendar = facts.city.calendar
    points = tuple((calendar.ends(on) - _HALF, price) for on, price in each.days)
    levels = (Threshold(reference.high, f"{reference.instrument} {number(reference.high)}", 2),) if reference else ()
    chart = Chart(
        since=facts.period.since,
        until=calendar.ends(days_of(facts)[-1]),
        ticks=day_ticks(facts)[::2],
        now="",
        least=each.days[-1][1] * 0.04,
        rules=3,
        room=True,
        lines=(Line(points, _GAP),),
        thresholds=levels,
    )
    said = f"{rupiah(each.days[-1][1])} · {change(each.changed)}"
    return Picture(
        each.commodity.name, said, f"{each.commodity.name}: {said}", plotted(chart), 2 if each.above else None
    )


def _row(each: Month) -> tuple[Cell, ...]:
    prices = [price for _, price in each.days]
    mean, reference = each.mean, each.reference
    over = percent_of(mean, each.before) if mean is not None and each.before else None
    return (
        Cell(f"{each.commodity.name}, {each.commodity.unit}", each.commodity.key, strong=each.above > 0),
        Cell(number(prices[0]), prices[0]),
        Cell(number(prices[-1]), prices[-1]),
        Cell(change(each.changed), each.changed),
        Cell(number(min(prices)), min(prices)),
        Cell(number(max(prices)), max(prices)),
        Cell(number(mean), mean),
        Cell(against(over), over),
        Cell(
            f"{reference.instrument} {number(reference.high)}" if reference else NOTHING,
            reference.high if reference else None,
        ),
        Cell(number(each.above) if reference else NOTHING, each.above, 2 if each.above else None),
        Cell(number(len(prices)), len(prices)),
    )


def _rules(found: tuple[Month, ...]) -> str:
    rules = list(dict.fromkeys(each.reference.regulation for each in found if each.reference))
    return f"acuan: {listed(rules, 5)}" if rules else ""
