"""A question of the explorer as a document: its figure, its course and steps, what is not in it, and how to ask again.

Every word and figure is the explorer's own; only how they stand on paper is said here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from layouts import explored_steps
from layouts.explored_told import Told, asking, counted, export, summary, unit, value, what, where, whom, written
from layouts.findings.explored import Step, change, due
from layouts.findings.explored_words import STEPS, STREAM_WORDS
from layouts.formats import duration, number, percent
from layouts.links import QUESTION
from layouts.reports.coverage import WHOLE
from layouts.reports.facts import Facts
from layouts.reports.paper import (
    Block,
    Cell,
    Code,
    Column,
    Figure,
    Paper,
    Picture,
    Pictures,
    Section,
    Sentence,
    Source,
    Table,
    Words,
)
from layouts.reports.periods import Period, days_of
from layouts.reports.plots import plotted
from layouts.reports.putting import put_together
from sensors.kinds import KINDS

TEMPLATE = QUESTION
KICKER = "Jelajah data"
LEADING = ("question.value", "question.n", "question.share", "question.low", "question.high", "question.other")
_LEFT_OUT = {
    "readings": "Bacaan selama alat dikerjakan (jendela pemeliharaan) tidak dihitung.",
    "prices": "Hanya harga yang dilaporkan pasar; setiap laporan sama beratnya.",
    "cases": "Yang menurut kategorinya bukan kejadian tidak dihitung; yang tidak dilaporkan warga tidak ada di sini.",
    "alarms": "Alarm yang ternyata tidak pernah terjadi tidak dihitung.",
}
_HOW = {"prices": "rata-rata semua laporan harga", "cases": "dihitung menurut waktu masuk",
        "alarms": "dihitung menurut waktu mulai"}  # fmt: skip


def paper_of(told: Told, record: Mapping[str, Any], now: datetime, *, simulated: bool) -> Paper:
    """The document of an answer; `record` is what its data set is (konsep, definisi, produsen, lisensi, contoh)."""
    asked, calendar = told.answer.asked, told.city.calendar
    last = calendar.local_day(asked.until - timedelta(seconds=1))
    period = days_of(calendar.local_day(asked.since), last, told.city, now)
    return put_together(
        Facts({}, told.city, period, simulated),
        (_answer(told, record), _coverage(told, period), _ways(told)),
        tuple(_sentences(told)),
        LEADING,
        name=QUESTION,
        kicker=KICKER,
        title=", ".join([what(told), *where(told), period.words]),
        about=f"{STREAM_WORDS[asked.stream.key].lower()}, tiap {_step(told)}",
        data=_newest(told),
    )


def _step(told: Told) -> str:
    return STEPS[told.answer.asked.step or "day"]


def _newest(told: Told) -> str:
    """Up to when its data go, as finely as its steps tell."""
    steps = told.answer.steps
    return f"{_step(told)} terakhir berisi data: {explored_steps.start(told, steps[-1])}" if steps else "tanpa data"


def _sentences(told: Told) -> Iterator[Sentence]:
    """Between what its steps go, and how it stands beside what it is compared with."""
    found = [step for step in told.answer.steps if step.value is not None]
    if len(found) > 1:
        low, high = (ends(found, key=lambda step: step.value or 0.0) for ends in (min, max))
        least, most = (f"{written(told, each.value)} ({explored_steps.start(told, each)})" for each in (low, high))
        # a step in which nothing happened is no row: the least of counts would be wrong
        words = f"Terendah {least}, tertinggi {most}." if told.answer.asked.stream.measured else f"Terbanyak {most}."
        yield Sentence(f"Tiap {_step(told)}", words)
    if told.other is not None:
        by = change(told.answer, told.other)
        more = "" if by is None else f"; yang ditanyakan {percent(by, 1, sign=True)} terhadapnya"
        yield Sentence("Pembanding", f"{whom(told, told.other)}: {written(told, told.other.whole.value)}{more}.")


def _answer(told: Told, record: Mapping[str, Any]) -> Section:
    """Its figures, its chart and its steps."""
    steps = told.answer.steps
    blocks: tuple[Block, ...] = (_table(told),) if steps else (Words("Tidak ada data dengan saringan ini."),)
    return Section(
        "question",
        f"Tiap {_step(told)}",
        figures=tuple(_figures(told)),
        blocks=(_picture(told), *blocks) if len(steps) > 1 else blocks,
        sources=tuple(_sources(told, record)),
    )


def _figures(told: Told) -> Iterator[Figure]:
    whole, asked = told.answer.whole, told.answer.asked
    every = f"dari semua {counted(told)}"
    yield Figure("question.value", what(told), whole.value, value(told, whole.value), unit(told))
    if asked.stream.measured:
        yield Figure("question.n", "Dihitung dari", whole.n, number(whole.n), counted(told))
    if whole.share is not None:
        weak = 1 if whole.share < WHOLE else 0
        share = percent(100 * whole.share)
        yield Figure("question.share", "Kelengkapan", whole.share, share, "dari yang diharapkan", weak)
    if asked.stream.measured and whole.n:
        yield Figure("question.low", "Terendah", whole.low, value(told, whole.low), every)
        yield Figure("question.high", "Tertinggi", whole.high, value(told, whole.high), every)
    if told.other is not None:
        theirs = told.other.whole.value
        yield Figure("question.other", "Pembanding", theirs, value(told, theirs), whom(told, told.other))


def _picture(told: Told) -> Pictures:
    drawn = plotted(explored_steps.chart(told))
    return Pictures((Picture(what(told), explored_steps.caption(told), explored_steps.alt(told), drawn),), 1, 40)


def _table(told: Told) -> Table:
    """The newest steps; what is more leaves as a file."""
    steps, most = told.answer.steps, told.city.analysis.paper_rows
    first, *others = explored_steps.heads(told)
    wide = 1.0 if len(others) > 1 else 0.0  # a column alone stands beside its step, not across the page
    columns = (Column(first, part=1.3 * wide), *(Column(head, "right", wide) for head in others))
    note = "Yang terbaru dulu."
    if len(steps) > most:
        file = export(told, "csv", told.answer.asked.step or "day")
        note = f"{number(most)} yang terbaru dari {number(len(steps))} langkah; sisanya di ekspor: {file}"
    rows = tuple(_row(told, step) for step in reversed(steps[-most:]))
    return Table(columns, rows, title="Tabel langkah", note=note)


def _row(told: Told, step: Step) -> tuple[Cell, ...]:
    """Under the same heads as on the explorer's page, each word beside its value."""
    begins = step.at.astimezone(told.city.zone).isoformat() if step.at else None
    values = (step.value, step.low, step.high, step.n, step.share)
    first, *others = zip(explored_steps.cells(told, step), values, strict=False)
    return (
        Cell(explored_steps.start(told, step), begins),
        Cell(*first, strong=True),
        *(Cell(words, found) for words, found in others),
    )


def _coverage(told: Told, period: Period) -> Section:
    """What is not in the answer, and what may yet change it."""
    return Section("coverage", "Yang tidak dapat dikatakan data ini", said=tuple(_gaps(told, period)))


def _gaps(told: Told, period: Period) -> Iterator[str]:
    answer, asked, step = told.answer, told.answer.asked, _step(told)
    if answer.whole.share is not None:
        share = percent(100 * answer.whole.share)
        yield f"Data masuk {share} dari yang diharapkan dari alat yang terdengar; alat yang diam tidak ikut dinilai."
    yield _LEFT_OUT[asked.stream.key]
    empty = due(asked, period.until) - len(answer.steps)
    if asked.stream.measured and empty > 0:
        yield f"{number(empty)} dari {number(due(asked, period.until))} {step} tanpa data."
    weak = sum(each.share is not None and each.share < WHOLE for each in answer.steps)
    if weak:
        yield f"{number(weak)} {step} kurang dari {percent(100 * WHOLE)} lengkap."
    if not period.whole:
        yield "Periode ini belum selesai: angka dapat berubah."


def _ways(told: Told) -> Section:
    """Where the same is asked again."""
    return Section(
        "ways",
        "Angka yang sama di tempat lain",
        blocks=(
            Table(
                (Column("Di mana"), Column("Alamat", part=1)),
                (
                    (Cell("Halaman jelajah"), Cell(asking(told))),
                    (Cell("API"), Cell(summary(told))),
                    (Cell("Setiap baris (juga .xlsx, .parquet)"), Cell(export(told, "csv"))),
                ),
            ),
            Code("SQL, untuk peran analis", told.sql),
        ),
    )


def _sources(told: Told, record: Mapping[str, Any]) -> Iterator[Source]:
    asked = told.answer.asked
    how = _HOW.get(asked.stream.key, f"{'jumlah' if asked.adds_up else 'rata-rata'} semua bacaan yang dihitung")
    yield Source(record["konsep"], record["definisi"], how)
    if told.answer.whole.share is not None:
        interval = KINDS[asked.one("kind") or ""].expected_interval
        rule = f"selang lazim alat yang sehat: {duration(interval.total_seconds())}"
        yield Source("Kelengkapan", "banyaknya bacaan yang dihitung", rule)
    yield Source("Terbitan data", record["produsen"], f"lisensi {record['lisensi']}", sample=record["contoh"])
