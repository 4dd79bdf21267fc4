"""Alarms of several rules together: rain upstream and a gauge that rises, on one river or in one kecamatan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, Source, minutes
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "combination"
KEYS = ("rules", "same", "within_minutes")
QUESTIONS = ("alarms_lately",)
STREAMS = frozenset({"alarms"})
LONGEST = timedelta(days=1)
"""As far back as the question looks."""


@dataclass(frozen=True, slots=True)
class Combination:
    """All of these rules hold, or held less than `within` ago, at one river or kecamatan, or anywhere in the city."""

    rules: tuple[str, ...]
    same: str
    within: timedelta


def read(entry: Entry, devices: Mapping[str, Device]) -> Combination:  # noqa: ARG001 - every kind is read alike
    """Keys of other rules; whether they exist is checked when all are read."""
    rules = tuple(entry.text("rules").split())
    if len(set(rules)) != len(rules) or len(rules) < 2:  # noqa: PLR2004 - a combination
        raise entry.wrong("rules", "two or more keys of rules, each once")
    return Combination(
        rules,
        entry.known("same", ("river", "district", "city")),
        minutes(entry, "within_minutes", LONGEST / timedelta(minutes=1)),
    )


def judge(rule: AlarmRule, rows: Mapping[str, Sequence[Mapping[str, Any]]], city: City, now: datetime) -> list[Episode]:
    """It began when the last of the rules came to hold."""
    told: Combination = rule.bounds
    places: defaultdict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows["alarms_lately"]:
        over = row["ended_at"] is not None and row["ended_at"] + told.within <= now
        place = _place(told, row, city)
        if row["rule"] in told.rules and place is not None and not over:
            known = places[place].get(row["rule"])
            if known is None or row["raised_at"] < known["raised_at"]:
                places[place][row["rule"]] = row
    return [
        _episode(rule.key, place, list(found.values()), city)
        for place, found in sorted(places.items())
        if len(found) == len(told.rules)
    ]


def _place(told: Combination, row: Mapping[str, Any], city: City) -> str | None:
    if told.same == "city":
        return city.key
    if told.same == "district":
        district: str | None = row["district"]
        return district
    device = city.devices.get(row["device"] or "")
    return device.river if device else None


def _episode(rule: str, place: str, found: Sequence[Mapping[str, Any]], city: City) -> Episode:
    last = max(found, key=lambda row: (row["raised_at"], row["source"]))
    district = city.districts.get(place)
    source = Source(
        key=f"{rule}/{place}",
        name=district.name if district else city.name if place == city.key else place,
        cause=f"combination/{place}",
        district=last["district"],
        lat=last["lat"],
        lon=last["lon"],
    )
    return Episode(source, last["raised_at"], detail="; ".join(sorted(str(row["name"]) for row in found)))
