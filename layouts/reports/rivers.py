"""Rivers: how high each gauge came and when, by its own ladder, with the courses of the gravest; and floods as told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from layouts.charts import Chart, Line, Threshold
from layouts.findings.rivers import STEP, gauges, rank_of
from layouts.formats import NOTHING, known, number, percent
from layouts.panel import Row
from layouts.reports.facts import Facts, listed
from layouts.reports.floods import flood_map
from layouts.reports.paper import Block, Cell, Column, Figure, Picture, Pictures, Section, Source, Table
from layouts.reports.plots import plotted
from sensors.city import Device
from sensors.judge.siaga import Siaga, judge_siaga

QUESTIONS = ("series_between", "gauge_trend", "cases_between")
DRAWN = 6
_LEAST_SPAN = 60.0
"""cm that the scale of a chart spans at the least: small moves look small."""
_COLUMNS = (
    Column("Pos", part=1),
    Column("Kecamatan", part=1),
    Column("Tertinggi", "right"),
    Column("Pukul", "right"),
    Column("Siaga tertinggi"),
    Column("Akhir periode", "right"),
    Column("Siaga akhir"),
    Column("Data", "right"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """A gauge over the period: the highest in cm and when, its siaga then and at the end; `share` of the data came."""

    gauge: Device
    high: float | None
    high_at: datetime | None
    worst: Siaga | None
    last: float | None
    ends: Siaga | None
    share: float
    course: tuple[tuple[datetime, float], ...]

    @property
    def rank(self) -> int:
        """How bad the worst of it was, 0 to 3."""
        return rank_of(self.worst.level) if self.worst else 0


def levels_of(facts: Facts) -> tuple[Level, ...]:
    """Every gauge, the worst first, among equals those in the city, then those nearest to or furthest beyond a step."""
    heard = facts.series("water_level")
    found = [_level(gauge, facts, heard.get(gauge.key)) for gauge in gauges(facts.city)]
    return tuple(sorted(found, key=lambda each: (-each.rank, each.gauge.upstream, _missing(each), each.gauge.key)))


def siaga_words(found: Siaga | None) -> str:
    """`Siaga 1 (awas)`: number and word together, since a lower number is worse."""
    return NOTHING if found is None else f"Siaga {found.level} ({found.step.word.lower()})"


def section(facts: Facts) -> Section:
    """What the mayor is told of rivers."""
    levels = levels_of(facts)
    raised = [each for each in levels if each.rank >= 1]
    gravest = levels[0] if levels and levels[0].rank else None
    blocks: tuple[Block, ...] = (
        flood_map(facts, [(each.gauge, each.rank) for each in levels if each.worst]),
        _pictures(levels, facts),
        _table(levels, facts),
    )
    return Section(
        "rivers",
        "Sungai dan banjir",
        said=_said(levels, raised, gravest, facts),
        figures=(
            Figure(
                "rivers.raised",
                "Pos sungai di atas normal",
                len(raised),
                number(len(raised)),
                f"dari {number(len(levels))} pos",
                gravest.rank if gravest else 0,
            ),
            _worst(levels, gravest),
        ),
        blocks=blocks,
        sources=tuple(_sources(levels)),
        newest=max((each.course[-1][0] for each in levels if each.course), default=None),
    )


def _worst(levels: Sequence[Level], gravest: Level | None) -> Figure:
    """The gauge that came worst; what nobody heard is not called normal."""
    key, name = "rivers.highest", "Sungai terparah"
    if all(each.high is None for each in levels):
        return Figure(key, name, None, NOTHING, "tidak ada pos yang terdengar")
    if gravest is None:
        return Figure(key, name, None, "normal", "semua pos yang terdengar")
    note = f"{siaga_words(gravest.worst)} · {gravest.gauge.name}"
    return Figure(key, name, gravest.high, f"{number(gravest.high)} cm", note, gravest.rank)


def _level(gauge: Device, facts: Facts, found: Row | None) -> Level:
    high, ladder = (known(found["high"]) if found else None), gauge.ladder
    course = tuple(
        (each["bucket"], value)
        for each in facts.of("gauge_trend")
        if each["device"] == gauge.key
        and (value := known(each["value"])) is not None
        and each["bucket"] >= facts.period.since
    )
    recent = course and facts.period.until - course[-1][0] <= timedelta(hours=1)
    last = course[-1][1] if recent else None
    return Level(
        gauge,
        high,
        found["high_at"] if found else None,
        judge_siaga(high, ladder) if high is not None and ladder else None,
        last,
        judge_siaga(last, ladder) if last is not None and ladder else None,
        facts.heard("water_level", found),
        course,
    )


def _missing(each: Level) -> float:
    """How far it stayed from its next worse step; at the worst step how far it is beyond it, as less than nothing."""
    if each.worst is None or each.high is None:
        return float("inf")
    return each.worst.to_next if each.worst.to_next is not None else each.worst.step.threshold - each.high


def _said(levels: Sequence[Level], raised: Sequence[Level], gravest: Level | None, facts: Facts) -> tuple[str, ...]:
    if all(each.high is None for each in levels):
        return ("Tidak ada pos sungai yang terdengar.",)
    if gravest is None:
        return ("Semua pos sungai yang terdengar tetap pada tingkat normal.",)
    said = (
        f"{number(len(raised))} pos sungai melampaui tingkat normal; terparah {gravest.gauge.name}, "
        f"{siaga_words(gravest.worst)}, {number(gravest.high)} cm pukul {facts.clock(gravest.high_at or facts.moment)}"
    )
    still = sum(each.ends is not None and rank_of(each.ends.level) >= 1 for each in raised)
    ends = f"pada akhir periode {number(still)} pos masih di atas normal" if still else "semuanya kembali normal"
    return (f"{said}; {ends}.",)


def _pictures(levels: tuple[Level, ...], facts: Facts) -> Pictures:
    drawn = [each for each in levels if each.course and each.gauge.ladder][:DRAWN]
    note = "Rerata tiap 15 menit; garis putus-putus: ambang pos itu sendiri. Celah pada garis: data tidak masuk."
    return Pictures(tuple(_picture(each, facts) for each in drawn), across=3, height=21, note=note)


def _picture(each: Level, facts: Facts) -> Picture:
    ladder = each.gauge.ladder
    steps = ladder.steps if ladder else ()
    chart = Chart(
        since=facts.period.since,
        until=facts.period.until,
        ticks=facts.hour_ticks(12),
        now="",
        least=_LEAST_SPAN,
        lines=(Line(each.course, 3 * STEP),),
        thresholds=tuple(
            Threshold(step.threshold, f"Siaga {step.level}  {number(step.threshold)}", rank_of(step.level))
            for step in steps
            if rank_of(step.level) >= 1
        ),
    )
    said = f"{number(each.high)} cm · {siaga_words(each.worst)}"
    at = f" pukul {facts.clock(each.high_at)}" if each.high_at else ""
    return Picture(each.gauge.name, said, f"{each.gauge.name}: tertinggi {said}{at}", plotted(chart), each.rank)


def _table(levels: tuple[Level, ...], facts: Facts) -> Table:
    sample = any(each.gauge.ladder and each.gauge.ladder.sample for each in levels)
    note = "Tinggi muka air dalam cm di atas nol papan duga setempat; angka siaga lebih kecil berarti lebih gawat."
    return Table(
        _COLUMNS,
        tuple(_row(each, facts) for each in levels),
        title="Semua pos sungai, yang terparah lebih dulu",
        note=f"{note} Ambang siaga: contoh, belum dikonfirmasi." if sample else note,
    )


def _row(each: Level, facts: Facts) -> tuple[Cell, ...]:
    ends = rank_of(each.ends.level) if each.ends else None
    return (
        Cell(each.gauge.name, each.gauge.key, strong=each.rank > 0),
        Cell(facts.place(each.gauge.district)),
        Cell(number(each.high), each.high, strong=each.rank > 0),
        Cell(facts.clock(each.high_at) if each.high_at else NOTHING),
        Cell(siaga_words(each.worst), each.worst.level if each.worst else None, each.rank if each.worst else None),
        Cell(number(each.last), each.last),
        Cell(siaga_words(each.ends), each.ends.level if each.ends else None, ends),
        Cell(percent(100 * each.share), each.share),
    )


def _sources(levels: tuple[Level, ...]) -> list[Source]:
    ladders = {each.gauge.ladder.source: each.gauge.ladder.sample for each in levels if each.gauge.ladder}
    rules = listed(list(ladders), 1)
    return [
        Source(
            "Tinggi muka air",
            "pos duga air lewat MQTT, agregat per menit dan jam",
            f"tangga siaga tiap pos: {rules}",
            any(ladders.values()),
        ),
        Source("Laporan banjir", "aduan LAKSA dan panggilan 112, kategori banjir", "dihitung menurut tempat laporan"),
    ]
