"""What called somebody in the period: which rule, where, since when, whose it was and how it was taken in hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from statistics import median
from typing import TypeAlias

from layouts.findings.alarms import (
    NEW,
    PRIORITY_WORDS,
    RANKS,
    UNSEEN,
    Alarm,
    alarm_of,
    figure_parts,
    owner_words,
    place_words,
    state_words,
)
from layouts.formats import NOTHING, duration, number, short
from layouts.reports.facts import Facts, listed
from layouts.reports.paper import Cell, Column, Figure, Section, Source, Table

QUESTIONS = ("alarms_between",)
_MOST = 18
_LONGEST = 40
_PLACES = 3
_HIGH = (
    Column("Apa", part=1.9),
    Column("Di mana", part=1.6),
    Column("Terburuk / batas", "right", 0.95),
    Column("Berlangsung", "right", 0.95),
    Column("OPD"),
    Column("Diterima setelah", "right", 0.8),
    Column("Akhir periode", part=0.9),
)
_RULES = (
    Column("Prioritas"),
    Column("Aturan", part=1.3),
    Column("Alarm", "right"),
    Column("Di mana", part=2),
    Column("OPD"),
    Column("Masih berlangsung", "right"),
    Column("Belum diterima", "right"),
)
Group: TypeAlias = Sequence[Alarm]
"""Alarms told in one line, the first of them first."""


def alarms_of(facts: Facts) -> tuple[Alarm, ...]:
    """All that held in the period, as they stood at its end; of a report about an agency only its own."""
    found = (alarm_of(row, facts.city) for row in facts.of("alarms_between"))
    return tuple(
        each for each in found if not facts.about or facts.about == (each.row["assigned_to"] or each.row["agency"])
    )


def section(facts: Facts) -> Section:
    """What the mayor is told of alarms."""
    found = alarms_of(facts)
    high = [each for each in found if each.rank == RANKS["high"]]
    unseen = [each for each in found if each.state in UNSEEN]
    begun = sum(each.row["raised_at"] >= facts.period.since for each in found)
    after = _after(found)
    return Section(
        "alarms",
        "Apa yang tidak beres, dan sudahkah ditangani",
        said=(_said(found, high, unseen, after),),
        figures=(
            Figure("alarms.all", "Alarm", len(found), number(len(found)), f"{number(begun)} mulai dalam periode"),
            Figure(
                "alarms.high",
                "Alarm tinggi",
                len(high),
                number(len(high)),
                f"{number(sum(each.state not in UNSEEN for each in high))} sudah diterima" if high else "",
                3 if high else 0,
            ),
            Figure(
                "alarms.unseen",
                "Alarm belum diterima",
                len(unseen),
                number(len(unseen)),
                "pada akhir periode",
                2 if unseen else 0,
            ),
            Figure(
                "alarms.after", "Diterima setelah, median", after, duration(after) if after is not None else NOTHING
            ),
        ),
        blocks=(_high(high, facts), _others([each for each in found if each.rank < RANKS["high"]], facts)),
        sources=_sources(found),
        newest=max((each.row["known_at"] for each in found), default=None),
    )


def _groups(found: Sequence[Alarm], key: Callable[[Alarm], Hashable]) -> list[Group]:
    """The gravest first, then those that began first."""
    groups: defaultdict[Hashable, list[Alarm]] = defaultdict(list)
    for each in sorted(found, key=lambda each: (each.row["raised_at"], each.row["id"])):
        groups[key(each)].append(each)
    return sorted(groups.values(), key=lambda group: (-group[0].rank, group[0].row["raised_at"], group[0].row["id"]))


def _taken(each: Alarm) -> float:
    """Seconds until somebody acknowledged it, from when it was known."""
    known: datetime = max(each.row["raised_at"], min(each.row["known_at"], each.row["acknowledged_at"]))
    return float((each.row["acknowledged_at"] - known).total_seconds())


def _after(found: Sequence[Alarm]) -> float | None:
    """The median of that over those that were acknowledged."""
    seconds = [_taken(each) for each in found if each.row["acknowledged_at"] is not None]
    return median(seconds) if seconds else None


def _said(found: Sequence[Alarm], high: Sequence[Alarm], unseen: Sequence[Alarm], after: float | None) -> str:
    if not found:
        return "Tidak ada alarm yang tercatat."
    what = listed(list(dict.fromkeys(each.title.lower() for each in high)), 3)
    said = f"{number(len(found))} alarm, {number(len(high))} di antaranya tinggi{f': {what}' if what else ''}"
    soon = f" setelah {duration(after)} (median)" if after is not None else ""
    if not unseen:
        return f"{said}. Semuanya sudah diterima{soon}."
    grave = sum(each.rank == RANKS["high"] for each in unseen)
    high_too = f" ({number(grave)} tinggi)" if grave else ""
    rest = f"{number(len(unseen))} belum diterima siapa pun pada akhir periode{high_too}"
    return f"{said}. {number(len(found) - len(unseen))} diterima{soon}, {rest}."


def _high(high: Sequence[Alarm], facts: Facts) -> Table:
    """Those of high priority, a line for each rule and place."""
    groups = _groups(high, lambda each: (each.row["rule"], each.row["source"]))
    more = f" {number(len(groups) - _MOST)} lainnya: halaman Alarm." if len(groups) > _MOST else ""
    note = f"Alarm satu aturan di satu tempat digabung: nilai terburuk, dari awal yang pertama.{more}"
    return Table(
        _HIGH,
        tuple(_line(group, facts) for group in groups[:_MOST]),
        title="Alarm tinggi",
        note=note,
        empty="Tidak ada alarm berprioritas tinggi.",
    )


def _line(group: Group, facts: Facts) -> tuple[Cell, ...]:
    worst = max(group, key=lambda each: (abs(each.row["worst"] or 0.0), -each.row["id"]))
    last, row = group[-1], group[-1].row
    times = f" · {number(len(group))} kali" if len(group) > 1 else ""
    ended = (
        "masih"
        if any(each.row["ended_at"] is None for each in group)
        else facts.clock(max(each.row["ended_at"] for each in group))
    )
    unseen, after = sum(each.row["acknowledged_at"] is None for each in group), _after(group)
    missing = f"{number(unseen)} dari {number(len(group))} belum" if unseen and after is not None else ""
    return (
        Cell(f"{last.title}{times}", row["rule"], last.rank, strong=True),
        Cell(place_words(row, facts.city), row["source"]),
        Cell(_measured(worst), worst.row["worst"]),
        Cell(f"{facts.clock(group[0].row['raised_at'])}–{ended}"),
        Cell(owner_words(row, facts.city), row["assigned_to"] or row["agency"]),
        Cell(duration(after) if after is not None else "belum", after, sub=missing),
        Cell("belum diterima" if last.state == NEW else state_words(last, facts.city), last.state),
    )


def _measured(alarm: Alarm) -> str:
    """The worst figure over what it is held against: `668 / 500 cm`; else the words of its source."""
    figure, unit, bound = figure_parts(alarm)
    if not figure:
        return short(str(alarm.row["detail"] or NOTHING), _LONGEST)
    return f"{figure} / {bound.removeprefix('batas ')}" if bound else f"{figure} {unit}".strip()


def _others(found: Sequence[Alarm], facts: Facts) -> Table:
    """Those of lower priority, a line for each rule."""
    rows = []
    for group in _groups(found, lambda each: each.row["rule"]):
        places = list(dict.fromkeys(place_words(each.row, facts.city) for each in group))
        owners = list(dict.fromkeys(owner_words(each.row, facts.city) for each in group))
        unseen, lasting = (
            sum(each.state in UNSEEN for each in group),
            sum(each.row["ended_at"] is None for each in group),
        )
        rows.append(
            (
                Cell(PRIORITY_WORDS[group[0].row["priority"]], group[0].row["priority"], group[0].rank),
                Cell(group[0].title, group[0].row["rule"]),
                Cell(number(len(group)), len(group)),
                Cell(listed(places, _PLACES)),
                Cell(listed(owners, 1)),
                Cell(number(lasting), lasting),
                Cell(number(unseen), unseen),
            )
        )
    return Table(
        _RULES,
        tuple(rows),
        title="Alarm sedang dan rendah, menurut aturan",
        empty="Tidak ada alarm sedang atau rendah.",
    )


def _sources(found: Sequence[Alarm]) -> tuple[Source, ...]:
    rules = {each.rule.title: each.rule for each in found if each.rule is not None}
    if not rules:
        return ()
    told = f"{number(len(rules))} aturan paket kota (alarms.toml)"
    return (
        Source("Alarm", "mesin alarm, menurut waktu di sumbernya", told, any(rule.sample for rule in rules.values())),
    )
