"""A market that has not reported today by a time of day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, Source
from sensors.pack.devices import Device
from sensors.pack.entry import Entry
from sensors.pack.scenes import CLOCK

if TYPE_CHECKING:
    from sensors.city import City

NAME = "market"
KEYS = ("by",)
QUESTIONS = ("market_reports",)
STREAMS = frozenset({"prices"})
PAST = True


def read(entry: Entry, devices: Mapping[str, Device]) -> time:  # noqa: ARG001 - every kind is read alike
    """A time of day in the city's zone."""
    return time.fromisoformat(entry.matching("by", CLOCK, "a time of day like 10:00"))


def judge(rule: AlarmRule, rows: Mapping[str, Sequence[Mapping[str, Any]]], city: City, now: datetime) -> list[Episode]:
    """One alarm for all of them: the same market each morning would be noise. Until midnight, or until all reported."""
    by: time = rule.bounds
    began = datetime.combine(city.calendar.local_day(now), by, city.zone)
    told = {row["market"] for row in rows["market_reports"] if row["first_today_at"] is not None}
    missing = [market.short for market in city.markets.values() if market.key not in told]
    if now < began or not missing:
        return []
    source = Source("markets", "Pasar tanpa laporan hari ini", cause="markets")
    return [Episode(source, began.astimezone(now.tzinfo), detail=", ".join(missing))]
