"""Air over a month: the official index of every station and day, and on how many days nothing can be said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from layouts.findings.air import SEDANG, stations
from layouts.formats import NOTHING, known, number
from layouts.reports.air import sources
from layouts.reports.course_of_days import days_of
from layouts.reports.facts import Facts
from layouts.reports.paper import Cell, Column, Figure, Mark, Section, Strip, Strips, Table
from sensors.city import City, Device
from sensors.judge.ispu import Ispu, judge_ispu, published
from sensors.kinds import KINDS

QUESTIONS = ("air_days",)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StationMonth:
    """A station: its index on each day that had enough data."""

    station: Device
    days: Mapping[date, Ispu]

    @property
    def worst(self) -> tuple[date, Ispu] | None:
        """The day with the highest index."""
        return max(self.days.items(), key=lambda item: (item[1].index, item[0]), default=None)


def months_of(facts: Facts) -> tuple[StationMonth, ...]:
    """Every station in the pack's order, by the means of its local days that are complete enough to decide."""
    means: defaultdict[tuple[str, date], dict[str, float]] = defaultdict(dict)
    least = facts.city.least_shares["ispu"]
    judged = {row.pollutant for row in facts.city.ispu}
    for row in facts.of("air_days"):
        mean = known(row["mean"])
        if (
            row["kind"] in judged
            and mean is not None
            and least.met_by(row["n"] * KINDS[row["kind"]].expected_interval / _DAY)
        ):
            means[row["device"], row["day"]][row["kind"]] = mean
    return tuple(_station(each, means, facts.city) for each in stations(facts.city))


def section(facts: Facts) -> Section:
    """What a month says of the air."""
    found, days = months_of(facts), days_of(facts)
    worst = max(
        (each for each in found if each.worst), key=lambda each: each.worst[1].index if each.worst else 0, default=None
    )
    bad = sum(_step(verdict, facts.city) > SEDANG for each in found for verdict in each.days.values())
    judged = sum(len(each.days) for each in found)
    return Section(
        "air",
        "Mutu udara",
        said=(_said(worst, bad, judged, len(found) * len(days)),),
        figures=(
            Figure(
                "air.ispu",
                "ISPU tertinggi",
                published(worst.worst[1].index) if worst and worst.worst else None,
                number(published(worst.worst[1].index)) if worst and worst.worst else NOTHING,
                _where(worst),
                max(_step(worst.worst[1], facts.city) - SEDANG, 0) if worst and worst.worst else 0,
            ),
            Figure(
                "air.bad",
                "Hari-stasiun tidak sehat",
                bad,
                number(bad),
                f"dari {number(judged)} yang terhitung",
                1 if bad else 0,
            ),
        ),
        blocks=(_strips(found, days, facts), _table(found, days, facts)),
        sources=sources(facts.city),
    )


def _station(station: Device, means: Mapping[tuple[str, date], Mapping[str, float]], city: City) -> StationMonth:
    days = {
        day: verdict
        for (device, day), found in sorted(means.items())
        if device == station.key and (verdict := judge_ispu(found, city.ispu, city.ispu_categories)) is not None
    }
    return StationMonth(station, days)


def _step(verdict: Ispu, city: City) -> int:
    return city.ispu_categories.index(verdict.category)


def _where(worst: StationMonth | None) -> str:
    if worst is None or worst.worst is None:
        return "tidak ada data"
    day, verdict = worst.worst
    return f"{verdict.category.word.lower()} · {worst.station.name}, {day.day}/{day.month}"


def _said(worst: StationMonth | None, bad: int, judged: int, of: int) -> str:
    if worst is None or worst.worst is None:
        return "Tidak ada hari yang datanya cukup untuk ISPU."
    gaps = f"; {number(of - judged)} hari-stasiun tidak dapat dinilai karena datanya kurang" if of > judged else ""
    return (
        f"ISPU tertinggi {number(published(worst.worst[1].index))} di {worst.station.name}; {number(bad)} dari "
        f"{number(judged)} hari-stasiun tidak sehat atau lebih buruk{gaps}."
    )


def _strips(found: tuple[StationMonth, ...], days: tuple[date, ...], facts: Facts) -> Strips:
    codes = _codes(facts.city)
    strips = tuple(Strip(each.station.name, tuple(_mark(each.days.get(day), codes) for day in days)) for each in found)
    legend = ", ".join(f"{code} {word.lower()}" for word, code in codes.items())
    return Strips(
        tuple(f"{day.day}" for day in days), strips, "ISPU tiap hari", f"Huruf: {legend}; titik: data kurang."
    )


def _mark(verdict: Ispu | None, codes: Mapping[str, str]) -> Mark:
    if verdict is None:
        return Mark("·", "", 0)
    return Mark(codes[verdict.category.word], verdict.category.colour, published(verdict.index))


def _codes(city: City) -> Mapping[str, str]:
    """Letters for each category, none twice: `Tidak Sehat` is TS, `Baik` B, `Berbahaya` BE."""
    found: dict[str, str] = {}
    for each in city.ispu_categories:
        letters = "".join(word[0] for word in each.word.split()).upper()
        found[each.word] = each.word[:2].upper() if letters in found.values() else letters
    return found


def _table(found: tuple[StationMonth, ...], days: tuple[date, ...], facts: Facts) -> Table:
    categories = facts.city.ispu_categories
    columns = (
        Column("Stasiun", part=1.2),
        *(Column(each.word, "right") for each in categories),
        Column("Data kurang", "right"),
        Column("ISPU tertinggi", "right"),
        Column("Pada", "right"),
    )
    rows = []
    for each in found:
        counts = [sum(verdict.category is category for verdict in each.days.values()) for category in categories]
        missing, worst = len(days) - len(each.days), each.worst
        rows.append(
            (
                Cell(each.station.name, each.station.key, strong=True),
                *(
                    Cell(number(n), n, max(step - SEDANG, 0) if n and step > SEDANG else None)
                    for step, n in enumerate(counts)
                ),
                Cell(number(missing), missing),
                Cell(
                    number(published(worst[1].index)) if worst else NOTHING,
                    published(worst[1].index) if worst else None,
                ),
                Cell(f"{worst[0].day}/{worst[0].month}" if worst else NOTHING),
            )
        )
    return Table(
        columns,
        tuple(rows),
        title="Hari menurut kategori ISPU",
        note="Hari setempat; parameter yang kurang dari batas kelengkapan tidak menentukan.",
    )
