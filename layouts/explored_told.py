"""An answer of the explorer with all that is told beside it, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from layouts.findings.explored import Answer
from layouts.formats import day, number, rupiah
from layouts.panel import Row
from sensors.city import City
from sensors.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, the one it is compared with, a page of its rows, and the addresses that lead on.

    `question` is what the address says; `sql` answers the same; `following` is the address of the next page of rows.
    """

    answer: Answer
    other: Answer | None
    rows: Sequence[Row]
    question: Mapping[str, str]
    sql: str
    rows_sql: str
    following: str
    city: City


def what(told: Told) -> str:
    """What the question is about."""
    asked, city = told.answer.asked, told.city
    if asked.stream.key == "readings":
        return KINDS[asked.one("kind") or ""].name
    if asked.stream.key == "prices":
        key = asked.one("commodity") or ""
        return city.commodities[key].name if key in city.commodities else key
    return "Kasus baru" if asked.stream.key == "cases" else "Alarm yang mulai"


def counted(told: Told) -> str:
    """What its rows are."""
    return {"readings": "bacaan", "prices": "laporan harga", "cases": "kasus", "alarms": "alarm"}[
        told.answer.asked.stream.key
    ]


def unit(told: Told) -> str:
    """The unit of its figure, and how it is made."""
    asked = told.answer.asked
    if asked.stream.key == "readings":
        kind = KINDS[asked.one("kind") or ""]
        return f"{kind.unit}, {'jumlah' if asked.adds_up else 'rata-rata'}"
    if asked.stream.key == "prices":
        goods = told.city.commodities.get(asked.one("commodity") or "")
        return f"per {goods.unit}, rata-rata" if goods else "rata-rata"
    return counted(told)


def value(told: Told, value: float | None) -> str:
    """A figure of the answer as written."""
    asked = told.answer.asked
    if asked.stream.key == "prices":
        return rupiah(value)
    kind = KINDS.get(asked.one("kind") or "") if asked.stream.key == "readings" else None
    return number(value, kind.decimals if kind else 0)


def date(at: datetime, city: City) -> str:
    """`21 Nov 2026` in the city."""
    return f"{day(at, city.zone)} {at.astimezone(city.zone).year}"
