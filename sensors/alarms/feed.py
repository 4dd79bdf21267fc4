"""The room watches itself: a stream of which nothing was received for a while, whoever is to blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, Source, minutes
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "feed"
KEYS = ("streams", "after_minutes")
QUESTIONS = ("feeds",)
STREAMS = frozenset({"readings", "prices", "cases", "bulletins"})


@dataclass(frozen=True, slots=True)
class Feed:
    """These streams, silent for so long."""

    streams: tuple[str, ...]
    after: timedelta


def read(entry: Entry, devices: Mapping[str, Device]) -> Feed:  # noqa: ARG001 - every kind is read alike
    """Streams by their names in topics."""
    after = minutes(entry, "after_minutes")
    if not after:
        raise entry.wrong("after_minutes", "more than 0")
    return Feed(entry.known_all("streams", sorted(STREAMS)), after)


def judge(
    rule: AlarmRule,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    city: City,  # noqa: ARG001 - every kind is judged alike
    now: datetime,
) -> list[Episode]:
    """By the time of receipt: what is late at the source is another matter."""
    told: Feed = rule.bounds
    found = []
    for row in rows["feeds"]:
        last = row["last_received_at"]
        if row["stream"] in told.streams and last is not None and last + told.after <= now:
            source = Source(row["stream"], f"Aliran {row['stream']}", cause="feeds")
            found.append(Episode(source, last + told.after))
    return found
