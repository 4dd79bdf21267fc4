"""What a shift hands over: what stands open and whose it is, what was done by which position, and what is to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from layouts.findings.alarms import SHELVED, UNSEEN, Alarm, Group, alarm_of, grouped
from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.findings.deadlines import Dated, deadlines_of
from layouts.panel import Context, Row, Rows
from sensors.alarms import feed
from sensors.city import City
from sensors.shifts import Turn, turn_at

ENGINE = "engine"
READ = 2000
"""Steps of a shift that are read; the question gives one more."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The open alarms of one agency: how many of each priority, how many nobody has seen, and since when the oldest."""

    key: str
    by_priority: Mapping[str, int]
    unseen: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Open:
    """What stands: whose it is (the gravest first), the alarms by what explains them, and what is put aside."""

    owners: tuple[Owner, ...]
    groups: tuple[Group, ...]
    alarms: tuple[Alarm, ...]
    shelved: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The steps of a shift: how many of each sort, and how many people took by position.

    `told` are those that people took or that raised something of high priority, the newest first. `more` where there
    were more than are read.
    """

    counts: Mapping[str, int]
    by_position: Mapping[str, int]
    told: tuple[Row, ...]
    more: bool


def turn_of(context: Context) -> Turn:
    """The turn that runs."""
    return turn_at(context.city.shifts, context.city.zone, context.now)


def open_of(rows: Rows, context: Context) -> Open:
    """From `alarms_now`."""
    city = context.city
    found = [alarm_of(row, city) for row in rows.get("alarms_now", ())]
    standing = [each for each in found if each.state != SHELVED]
    shelved = sorted((each for each in found if each.state == SHELVED), key=lambda each: each.row["shelved_until"])
    by_owner: dict[str, list[Alarm]] = {}
    for each in standing:
        by_owner.setdefault(owner_key(each.row, city), []).append(each)
    owners = [_owner(key, alarms) for key, alarms in by_owner.items()]
    owners.sort(key=lambda each: [-each.by_priority.get(priority, 0) for priority in ("high", "medium", "low")])
    return Open(tuple(owners), grouped(standing), tuple(standing), tuple(shelved))


def untaken_of(rows: Rows) -> int:
    """From `alarms_now`: how many alarms that want somebody nobody has acknowledged."""
    return sum(row["life"] in UNSEEN for row in rows.get("alarms_now", ()))


def owner_key(row: Row, city: City) -> str:
    """Whose an alarm is, by the word of the list's filter."""
    key = row["assigned_to"] or row["agency"] or ""
    return key if key in city.agencies else NO_AGENCY_KEY


def _owner(key: str, alarms: Sequence[Alarm]) -> Owner:
    counts = Counter(each.row["priority"] for each in alarms)
    unseen = sum(each.state in UNSEEN for each in alarms)
    return Owner(key, counts, unseen, min(each.row["raised_at"] for each in alarms))


def done_of(rows: Rows) -> Done:
    """From `shift_steps`."""
    found = rows.get("shift_steps", ())
    steps = found[:READ]
    told = [row for row in steps if row["actor"] != ENGINE or (row["step"] == "raised" and row["priority"] == "high")]
    people = Counter(row["actor"] for row in steps if row["actor"] != ENGINE)
    return Done(Counter(row["step"] for row in steps), people, tuple(told), len(found) > READ)


def ahead_of(rows: Rows, context: Context) -> tuple[tuple[Dated, ...], tuple[Dated, ...], Turn]:
    """From `service_open`: deadlines that end in this turn, those that end in the next one, and that turn."""
    city, turn = context.city, turn_of(context)
    coming = turn_at(city.shifts, city.zone, turn.ends_at)
    ahead = deadlines_of(rows, city, context.now, "service_open").ahead
    now = tuple(each for each in ahead if each.due.at <= turn.ends_at)
    then = tuple(each for each in ahead if turn.ends_at < each.due.at <= coming.ends_at)
    return now, then, coming


def silent_feeds(rows: Rows, city: City, now: datetime) -> list[Row]:
    """From `feeds`: the streams of which nothing came for longer than a rule of the pack allows (kind `feed`)."""
    patience = {
        stream: rule.bounds.after
        for rule in city.alarm_rules.values()
        if rule.kind == feed.NAME
        for stream in rule.bounds.streams
    }
    return [
        row
        for row in rows.get("feeds", ())
        if row["stream"] in patience
        and row["last_received_at"] is not None
        and now - row["last_received_at"] > patience[row["stream"]]
    ]
