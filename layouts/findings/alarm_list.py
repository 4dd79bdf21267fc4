"""The desk's list of alarms: which the address asks for, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from layouts.findings.alarms import SPAN, Alarm, Group, alarm_of, flood_since, grouped, owner_words, place_words
from layouts.panel import Context, Rows
from layouts.parts import newest
from sensors.city import City

FILTERS = ("priority", "life", "agency", "district", "arrange")
"""The choices of the address that decide which alarms are listed, and in which order."""
WANTING = ""
"""What a list says that asks for nothing: all that want somebody."""
LIVES: Mapping[str, str] = MappingProxyType(
    {
        WANTING: "Perlu orang",
        "baru": "Belum diterima",
        "diterima": "Diterima",
        "ditunda": "Ditunda",
        "ditangani": "Ditangani",
        "berakhir": "Berakhir",
        "semua": "Semua",
    }
)
"""The states of a list by the word of an address; the questions know the same words."""
MOST = 500
"""Lines on one page; the question asks for one more."""
GROUPED = "urgency"
ORDERS: Mapping[str, Callable[[Alarm, City], Any]] = MappingProxyType(
    {
        GROUPED: lambda alarm, _: -alarm.rank,
        "since": lambda alarm, _: -alarm.row["raised_at"].timestamp(),
        "what": lambda alarm, _: alarm.title.casefold(),
        "where": lambda alarm, city: place_words(alarm.row, city).casefold(),
        "owner": lambda alarm, city: owner_words(alarm.row, city).casefold(),
        "state": lambda alarm, _: alarm.state,
    }
)
"""By the word of an address. By urgency they stand in groups, in any other order one by one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What is listed, and whether there is `more` than that; `flood` since when alarms come as one."""

    groups: tuple[Group, ...]
    flood: datetime | None
    lately: int
    shown: int
    more: bool


def listed(rows: Rows, context: Context) -> Listed:
    """From `alarm_list` and `alarm_minutes`."""
    city, now, order = context.city, context.now, context.options["arrange"]
    answer = rows.get("alarm_list", ())
    found = [alarm_of(row, city) for row in answer[:MOST]]
    minutes = rows.get("alarm_minutes", ())
    flood = flood_since(minutes, city.alarm_limits, now) if found else None
    lately = sum(row["n"] for row in minutes if row["minute"] > now - SPAN)
    if order == GROUPED:
        groups = grouped(found, city.alarm_limits if flood else None)
    else:
        groups = _one_by_one(found, order, city)
    return Listed(groups, flood, lately, len(found), len(answer) > MOST)


def _one_by_one(found: Sequence[Alarm], order: str, city: City) -> tuple[Group, ...]:
    newest = sorted(found, key=lambda alarm: (-alarm.rank, -alarm.row["raised_at"].timestamp(), alarm.row["id"]))
    chosen = sorted(newest, key=lambda alarm: ORDERS[order](alarm, city))
    return tuple(Group(f"alarm/{alarm.row['id']}", (alarm,)) for alarm in chosen)


def heard(rows: Rows, *questions: str) -> datetime | None:
    """When the engine was last alive; before it ever was, when the newest of these alarms became known."""
    beats = [row["beat_at"] for row in rows.get("alarm_engine", ())]
    return newest(beats) or newest(row["known_at"] for name in questions for row in rows.get(name, ()))
