"""The room watches itself: a stream of which nothing was received for a while, whoever is to blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, Source, listening_since, minutes, open_since, silent_since
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "feed"
KEYS = ("streams", "after_minutes")
QUESTIONS = ("feeds", "components", "alarms_lately")
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
) -> list[Episode] | None:
    """By the time of receipt, while somebody listens (None while nobody does): what is late is another matter."""
    told: Feed = rule.bounds
    since = listening_since(rows["components"])
    if since is None:
        return None
    known = open_since(rule, rows["alarms_lately"])
    found = []
    for row in rows["feeds"]:
        last = row["last_received_at"]
        if row["stream"] not in told.streams or last is None:
            continue
        began = silent_since(last, since, told.after, known.get(row["stream"]))
        if began <= now:
            found.append(Episode(Source(row["stream"], f"Aliran {row['stream']}", cause="feeds"), began))
    return found
