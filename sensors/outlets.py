"""Who is told of alarms, and gets reports: a file of the operator's (LIVEROOM_NOTIFY), for it holds secrets.

[[channels]]
key = "posko"
kind = "webhook"                       # webhook, mail, mqtt or siren
address = "https://example.go.id/in"   # mail: smtp://user:password@host:587 · mqtt, siren: a topic
secret = "whsec_…"                     # webhook: what it is signed with
to = ""                                # mail: who gets it, separated by commas
from = ""                              # mail: the sender
priorities = "high medium"             # this and steps empty: no alarms, only reports
steps = "raised ended acknowledged"
agencies = ""                          # only alarms of these OPD; empty: of all
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sensors.alarm import PRIORITIES
from sensors.city import City, CityError
from sensors.pack.entry import Entry, once
from sensors.pack.files import shown, table, tables

CHANNELS = "channels"
MAIL = "mail"
KINDS = (MAIL, "mqtt", "siren", "webhook")
KEYS = ("key", "kind", "address", "secret", "to", "from", "priorities", "steps", "agencies")
STEPS = (
    "raised", "ended", "reopened", "withdrawn", "acknowledged", "assigned", "noted", "shelved", "unshelved", "resolved",
    "reviewed", "escalated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to somebody. Address and secret are never shown."""

    key: str
    kind: str
    address: str = field(repr=False)
    secret: str = field(repr=False)
    to: tuple[str, ...] = field(repr=False)
    sender: str = field(repr=False)
    priorities: tuple[str, ...]
    steps: tuple[str, ...]
    agencies: tuple[str, ...]


def read_channels(path: Path, city: City, kinds: tuple[str, ...] = KINDS) -> tuple[Channel, ...]:
    """The channels in the file's order. Raises `CityError` naming file, entry and expectation, never what is secret."""
    here, found = shown(path), tables(path)
    listed = found.get(CHANNELS)
    if set(found) != {CHANNELS} or not isinstance(listed, list) or not listed:
        raise CityError(f"{here}: found {', '.join(found) or 'nothing'}, expected one or more [[{CHANNELS}]]")
    channels: dict[str, Channel] = {}
    for number, each in enumerate(listed, start=1):
        entry = table(f"{here}: [[{CHANNELS}]] {number}", each, KEYS)
        once(entry, "key", channels)
        channels[entry.key("key")] = _channel(entry, city, kinds)
    return tuple(channels.values())


def _channel(entry: Entry, city: City, kinds: tuple[str, ...]) -> Channel:
    if not entry.cells["address"]:
        raise entry.wrong("address", "a URL, or a topic")
    alarms = entry.cells["priorities"] or entry.cells["steps"]  # a channel without both gets reports only
    return Channel(
        entry.key("key"),
        entry.known("kind", kinds),
        entry.cells["address"],
        entry.cells["secret"],
        tuple(word.strip() for word in entry.cells["to"].split(",") if word.strip()),
        entry.cells["from"],
        entry.known_all("priorities", PRIORITIES) if alarms else (),
        entry.known_all("steps", STEPS) if alarms else (),
        entry.known_all("agencies", city.agencies) if entry.cells["agencies"] else (),
    )
