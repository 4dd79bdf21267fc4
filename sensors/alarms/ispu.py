"""Air of an ISPU category or a worse one (P.14/2020), at a station whose day is whole enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sensors.alarm import AlarmRule, Episode, source_of
from sensors.judge.completeness import share_heard
from sensors.judge.ispu import judge_ispu, published
from sensors.kinds import KINDS
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "ispu"
KEYS = ("index", "least_share_percent")
QUESTIONS = ("air_day_means",)
STREAMS = frozenset({"readings"})
PAST = True
_TOP = 500


@dataclass(frozen=True, slots=True)
class IspuRule:
    """From this index on, where a mean rests on at least this share (0..1) of 24 hours."""

    index: int
    share: float


def read(entry: Entry, devices: Mapping[str, Device]) -> IspuRule:  # noqa: ARG001 - every kind is read alike
    """The index as it is published, a whole number."""
    return IspuRule(entry.whole("index", 1, _TOP), entry.number("least_share_percent", 0, 100) / 100)


def judge(rule: AlarmRule, rows: Mapping[str, Sequence[Mapping[str, Any]]], city: City, now: datetime) -> list[Episode]:
    """It began in the hour in which it is seen: a running mean of a day has no sharper beginning."""
    told: IspuRule = rule.bounds
    means: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for row in rows["air_day_means"]:
        kind = KINDS.get(row["kind"])
        if kind and row["device"] in city.devices and share_heard(row["hours"], kind.expected_interval) >= told.share:
            means[row["device"]][row["kind"]] = row["mean"]
    began = now.replace(minute=0, second=0, microsecond=0)
    found = []
    for device, by_pollutant in sorted(means.items()):
        verdict = judge_ispu(by_pollutant, city.ispu, city.ispu_categories)
        if verdict is not None and published(verdict.index) >= told.index:
            source = source_of(city.devices[device], verdict.pollutant)
            detail = f"ISPU {published(verdict.index)} ({verdict.category.word})"
            # The station is the source, whichever pollutant decides.
            found.append(Episode(replace(source, key=device), began, detail=detail))
    return found
