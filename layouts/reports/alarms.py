"""What called somebody in the period: which rule, where, since when, whose it was and how it was taken in hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from layouts.findings.alarms import (
    PRIORITY_WORDS,
    RANKS,
    UNSEEN,
    Alarm,
    alarm_of,
    owner_words,
    place_words,
    state_words,
    value_words,
)
from layouts.formats import NOTHING, duration, number, short
from layouts.reports.facts import Facts, listed
from layouts.reports.paper import Cell, Column, Figure, Section, Source, Table

QUESTIONS = ("alarms_between",)
_MOST = 16
_LONGEST = 44
_COLUMNS = (
    Column("Prioritas"), Column("Apa", part=1.5), Column("Di mana", part=1.3), Column("Mulai", "right"),
    Column("Berakhir", "right"), Column("Penanggung jawab"), Column("Diterima", "right"), Column("Keadaan akhir", part=1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """The alarms of one rule at one source, the first of them first: told in one line."""

    alarms: tuple[Alarm, ...]

    @property
    def gravest(self) -> Alarm:
        """The one that went furthest."""
        return max(self.alarms, key=lambda each: (abs(each.row["worst"] or 0.0), -each.row["id"]))

    @property
    def last(self) -> Alarm:
        """The newest."""
        return self.alarms[-1]


def alarms_of(facts: Facts) -> tuple[Alarm, ...]:
    """All that held in the period, as they stood at its end; of a report about an agency only its own."""
    found = (alarm_of(row, facts.city, facts.moment) for row in facts.of("alarms_between"))
    return tuple(
        each for each in found if not facts.about or facts.about in (each.row["assigned_to"], each.row["agency"])
    )


def section(facts: Facts) -> Section:
    """What the mayor is told of alarms."""
    found = alarms_of(facts)
    begun = [each for each in found if each.row["raised_at"] >= facts.period.since]
    high = [each for each in found if each.rank == RANKS["high"]]
    told = [each for each in _cases(found) if each.last.rank > RANKS["low"]]
    seconds = [_taken(each) for each in begun if each.row["acknowledged_at"] is not None]
    after = median(seconds) if seconds else None
    unseen = [each for each in found if each.state in UNSEEN]
    return Section(
        "alarms",
        "Apa yang tidak beres, dan sudahkah ditangani",
        said=tuple(_said(found, high, unseen, after)),
        figures=(
            Figure("alarms.all", "Alarm", len(found), number(len(found)), f"{number(len(begun))} mulai dalam periode"),
            Figure("alarms.high", "Alarm tinggi", len(high), number(len(high)),
                   f"{number(sum(each.state not in UNSEEN for each in high))} sudah diterima", 3 if high else 0),
            Figure("alarms.unseen", "Alarm belum diterima", len(unseen), number(len(unseen)), "pada akhir periode",
                   2 if unseen else 0),
            Figure("alarms.after", "Diterima setelah, median", after, duration(after) if after is not None else NOTHING),
        ),
        blocks=(
            Table(_COLUMNS, tuple(_row(each, facts) for each in told[:_MOST]), note=_note(found, told),
                  empty="Tidak ada alarm berprioritas tinggi atau sedang."),
        ),
        sources=tuple(_sources(found)),
        newest=max((each.row["known_at"] for each in found), default=None),
    )  # fmt: skip


def _cases(found: Sequence[Alarm]) -> list[Case]:
    """By rule and source, the gravest first, then those that began first."""
    groups: defaultdict[tuple[str, str], list[Alarm]] = defaultdict(list)
    for each in found:
        groups[each.row["rule"], each.row["source"]].append(each)
    made = [
        Case(tuple(sorted(group, key=lambda each: (each.row["raised_at"], each.row["id"]))))
        for group in groups.values()
    ]
    return sorted(made, key=lambda each: (-each.last.rank, each.alarms[0].row["raised_at"], each.last.row["id"]))


def _taken(each: Alarm) -> float:
    """Seconds until somebody acknowledged it, from when it was known."""
    known: datetime = max(each.row["raised_at"], min(each.row["known_at"], each.row["acknowledged_at"]))
    return float((each.row["acknowledged_at"] - known).total_seconds())


def _said(found: Sequence[Alarm], high: Sequence[Alarm], unseen: Sequence[Alarm], after: float | None) -> list[str]:
    if not found:
        return ["Tidak ada alarm."]
    what = listed(list(dict.fromkeys(each.title.lower() for each in high)), 3)
    said = f"{number(len(found))} alarm, {number(len(high))} di antaranya tinggi{f' ({what})' if what else ''}"
    if not unseen:
        hand = "; semuanya sudah diterima"
    else:
        hand = f"; {number(len(unseen))} belum diterima siapa pun pada akhir periode"
    soon = f", setelah {duration(after)} (median)" if after is not None else ""
    return [f"{said}{hand}{soon}."]


def _row(each: Case, facts: Facts) -> tuple[Cell, ...]:
    last, gravest, row = each.last, each.gravest, each.last.row
    times = f" · {number(len(each.alarms))} kali" if len(each.alarms) > 1 else ""
    first: datetime = each.alarms[0].row["raised_at"]
    ended = row["ended_at"]
    taken = next((alarm for alarm in each.alarms if alarm.row["acknowledged_at"] is not None), None)
    return (
        Cell(PRIORITY_WORDS[row["priority"]], row["priority"], last.rank),
        Cell(
            f"{last.title}{times}",
            row["rule"],
            sub=short(value_words(gravest), _LONGEST),
            strong=last.rank == RANKS["high"],
        ),
        Cell(place_words(row, facts.city), row["source"]),
        Cell(facts.clock(first)),
        Cell(facts.clock(ended) if ended else "masih"),
        Cell(owner_words(row, facts.city), row["assigned_to"] or row["agency"]),
        Cell(f"setelah {duration(_taken(taken))}" if taken else "belum", _taken(taken) if taken else None),
        Cell(state_words(last, facts.city), last.state),
    )


def _note(found: Sequence[Alarm], told: Sequence[Case]) -> str:
    low = sum(each.rank == RANKS["low"] for each in found)
    said = []
    if len(told) > _MOST:
        said.append(f"{number(len(told) - _MOST)} lainnya: halaman Alarm.")
    if low:
        said.append(f"{number(low)} alarm rendah tidak didaftar.")
    said.append("Alarm satu aturan di satu tempat digabung; angka di bawahnya nilai terburuk dan batasnya.")
    return " ".join(said)


def _sources(found: Sequence[Alarm]) -> list[Source]:
    rules = {each.rule.title: each.rule for each in found if each.rule is not None}
    sample = any(rule.sample for rule in rules.values())
    return [Source("Alarm", "mesin alarm, menurut waktu di sumbernya", f"{number(len(rules))} aturan paket kota (alarms.toml)",
                   sample)] if rules else []  # fmt: skip
