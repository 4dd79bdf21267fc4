"""Cases of an agency past their deadline, from a number of them on: one alarm an agency and service, not one a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sensors.alarm import AlarmRule, Episode, Source, minutes
from sensors.judge.deadline import CaseTimes, judge_deadline
from sensors.pack.devices import Device
from sensors.pack.entry import Entry

if TYPE_CHECKING:
    from sensors.city import City

NAME = "deadline"
KEYS = ("services", "cases", "before_minutes")
QUESTIONS = ("service_open",)
STREAMS = frozenset({"cases"})
NOBODY = "tanpa"
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many cases of these services past their deadline, or less than `before` away from it."""

    services: tuple[str, ...]
    cases: int
    before: timedelta


def read(entry: Entry, devices: Mapping[str, Device]) -> Deadline:  # noqa: ARG001 - every kind is read alike
    """Keys of services; those the city does not have concern nothing."""
    return Deadline(
        tuple(entry.text("services").split()), entry.whole("cases", 1, _MOST), minutes(entry, "before_minutes")
    )


def judge(rule: AlarmRule, rows: Mapping[str, Sequence[Mapping[str, Any]]], city: City, now: datetime) -> list[Episode]:
    """It began when the case that makes the number full came to be late."""
    told: Deadline = rule.bounds
    late: defaultdict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in rows["service_open"]:
        service = city.services.get(row["service"])
        if service is None or service.key not in told.services or row["status"] not in service.statuses:
            continue
        times = CaseTimes(row["status"], row["opened_at"], row["status_at"], row["category"])
        due = judge_deadline(times, service, city.calendar)
        if due is not None and due.at - told.before <= now:
            late[service.key, row["agency"] or NOBODY].append(due.at - told.before)
    return [_episode(told, city, key, sorted(found)) for key, found in sorted(late.items()) if len(found) >= told.cases]


def _episode(told: Deadline, city: City, key: tuple[str, str], found: Sequence[datetime]) -> Episode:
    service, agency = key
    owner = city.agencies.get(agency)
    name = f"{city.services[service].name} · {owner.short if owner else 'tanpa OPD'}"
    source = Source(f"{service}/{agency}", name, cause=f"deadline/{agency}", agency=owner.key if owner else None)
    return Episode(source, found[told.cases - 1], value=len(found), worst=len(found), bound=told.cases)
