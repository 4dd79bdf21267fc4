"""What an alarm is: a rule of the pack, and the episodes in which it held at a source.

An episode is told by the times at the source, so that who judges the same readings later, twice or in another order
finds the same ones. Words and priorities follow ISA-18.2: no alarm without an action, one open alarm a rule and source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sensors.city import City
    from sensors.pack.devices import Device
    from sensors.pack.entry import Entry

PRIORITIES = ("high", "medium", "low")
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """One rule of the pack. `kind` names the module of `sensors.alarms` that judges it, `bounds` is what that read.

    `agency` is who acts, None where it is the owner of the source; `action` says what is to be done, `source` whose
    figure it is, `sample` that no source confirms it. It holds from `valid_from` on.
    """

    key: str
    kind: str
    title: str
    priority: str
    agency: str | None
    action: str
    valid_from: date
    source: str
    sample: bool
    bounds: Any


class Source(Struct, frozen=True):
    """Where an alarm comes from. `cause` is shared by alarms that one thing explains: a gauge, an area, a gateway."""

    key: str
    name: str
    cause: str
    agency: str | None = None
    district: str | None = None
    subdistrict: str | None = None
    lat: float | None = None
    lon: float | None = None
    device: str | None = None
    kind: str | None = None


class Episode(Struct, frozen=True):
    """A rule held at a source from `began` up to before `ended` (None: still).

    `value` is what was measured when it began, `worst` the worst since, `bound` what it was held against, all in the
    unit of the source; `detail` says it in words where the figures do not.
    """

    source: Source
    began: datetime
    ended: datetime | None = None
    value: float | None = None
    worst: float | None = None
    bound: float | None = None
    detail: str = ""


class Watch(Protocol):
    """Follows one series for one rule. Readings are given in the order of their own times."""

    source: Source

    def take(self, at: datetime, value: float) -> None:
        """See the next reading."""

    def resume(self, began: datetime, value: float | None, worst: float | None) -> None:
        """Go on from an alarm that is known to be open, before anything is taken."""

    def stop(self, at: datetime) -> None:
        """From then on the series says nothing that counts: what held has ended."""

    def advance(self, now: datetime) -> datetime | None:
        """Let time pass; return when it will by itself change something."""

    def episodes(self) -> Sequence[Episode]:
        """What was found so far, in order; only the last may still be open."""


class SeriesKind(Protocol):
    """A module of `sensors.alarms` that judges readings one by one."""

    NAME: str
    KEYS: tuple[str, ...]

    def read(self, entry: Entry, devices: Mapping[str, Device]) -> object:
        """The bounds of a rule from its entry. Raises `CityError`."""

    def watches(self, rule: AlarmRule, city: City) -> Mapping[tuple[str, str], Watch]:
        """A fresh watch for each series (device and kind) that the rule concerns."""


class StateKind(Protocol):
    """A module of `sensors.alarms` that judges what stands in the database as a whole."""

    NAME: str
    KEYS: tuple[str, ...]
    QUESTIONS: tuple[str, ...]
    STREAMS: frozenset[str]

    def read(self, entry: Entry, devices: Mapping[str, Device]) -> object:
        """The bounds of a rule from its entry. Raises `CityError`."""

    def judge(
        self, rule: AlarmRule, rows: Mapping[str, Sequence[Mapping[str, Any]]], city: City, now: datetime
    ) -> Sequence[Episode] | None:
        """The episodes that are open now, each source at most once; None where nothing can be said now."""


def source_of(device: Device, kind: str, *, cause: str | None = None) -> Source:
    """A series of a placed device as a source; by itself a device is its own cause."""
    return Source(
        key=f"{device.key}/{kind}",
        name=device.name,
        cause=cause or device.key,
        agency=device.agency,
        district=device.district,
        subdistrict=device.subdistrict,
        lat=device.point.lat,
        lon=device.point.lon,
        device=device.key,
        kind=kind,
    )


def minutes(entry: Entry, name: str, most: float = 7 * 24 * 60) -> timedelta:
    """A span that an entry says in minutes."""
    return timedelta(minutes=entry.number(name, 0, most))


def listening_since(components: Sequence[Mapping[str, Any]]) -> datetime | None:
    """Since when a worker listens without a break, from `components`; None while none does."""
    return min((row["started_at"] for row in components if row["name"] == "ingest" and row["beats"]), default=None)


def open_since(rule: AlarmRule, lately: Sequence[Mapping[str, Any]]) -> dict[str, datetime]:
    """Since when each source of a rule stands, from `alarms_lately`."""
    return {row["source"]: row["raised_at"] for row in lately if row["rule"] == rule.key and row["ended_at"] is None}


def silent_since(heard: datetime, listening: datetime, patience: timedelta, known: datetime | None) -> datetime:
    """When a silence came to be one: as it is known already, or after `patience` in which it could have been heard."""
    return known if known is not None and heard < known else max(heard, listening) + patience
