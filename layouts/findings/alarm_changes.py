"""What has changed at alarms and in records: raised, ended, what people did, and what was higher than for a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from layouts import links
from layouts.findings.alarms import RANKS, place_words
from layouts.findings.history import LEAST_DAYS
from layouts.findings.incident_events import LOW, step_events
from layouts.formats import inside, known, number
from layouts.panel import Row, Rows
from sensors.alarm import PRIORITIES
from sensors.city import City
from sensors.kinds import KINDS

RAISED, ENDED, STEP, RECORD = "raised", "ended", "step", "record"
"""Sorts of changes; the page counts each of them."""
_VERBS = {"raised": (RAISED, "muncul"), "reopened": (RAISED, "muncul lagi"), "ended": (ENDED, "berakhir")}
_ENGINE = "engine"
_NAMES = 3


@dataclass(frozen=True, slots=True)
class AlarmChange:
    """One change: `n` things of this sort at a time, how grave, what, where, and what lies behind it."""

    key: str
    sort: str
    at: datetime
    rank: int
    what: str
    where: str
    href: str
    n: int = 1


def alarm_changes(rows: Rows, city: City) -> Iterator[AlarmChange]:
    """From `step_changes` and `record_readings`, in no order."""
    steps = rows.get("step_changes", ())
    yield from _engine([row for row in steps if row["step"] in _VERBS], city)
    people = [row for row in steps if row["actor"] != _ENGINE or row["step"] == "escalated"]
    for event in step_events(people, city):
        where = " · ".join(word for word in (event.where, event.by) if word)
        yield AlarmChange(event.key, STEP, event.at, event.rank, event.what, where, event.href)
    yield from _records(rows, city)


def _engine(steps: list[Row], city: City) -> Iterator[AlarmChange]:
    """One line an alarm of high priority; of the others one line a rule and hour."""
    together: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in steps:
        hour = row["at"].replace(minute=0, second=0, microsecond=0)
        grave = row["priority"] == PRIORITIES[0]
        together[(row["id"],) if grave else (row["step"], row["rule"], hour)].append(row)
    for many in together.values():
        many.sort(key=lambda each: (each["at"], each["id"]))  # told by the first: that is when it began
        row, (sort, verb) = many[0], _VERBS[many[0]["step"]]
        rule = city.alarm_rules.get(row["rule"])
        title = rule.title if rule else str(row["rule"])
        several = len(many) > 1
        what = f"{number(len(many))} alarm {verb}: {title}" if several else f"Alarm {verb}: {title}"
        rest = f" +{number(len(many) - _NAMES)} lainnya" if len(many) > _NAMES else ""
        names = ", ".join(dict.fromkeys(str(each["name"]) for each in many[:_NAMES]))
        where = f"{names}{rest}" if several else place_words(row, city)
        rank = RANKS[row["priority"]] if sort == RAISED else 0
        href = links.alarm(row["alarm_id"])
        yield AlarmChange(f"{row['step']}-{row['id']}", sort, row["at"], rank, what, where, href, len(many))


def _records(rows: Rows, city: City) -> Iterator[AlarmChange]:
    """Higher than on any day of the month before, where enough of its days were heard."""
    for row in rows.get("record_readings", ()):
        device, kind = city.devices.get(row["device"]), KINDS.get(row["kind"])
        high = known(row["high"])
        if device is None or kind is None or high is None or row["days"] < LEAST_DAYS:
            continue
        what = f"{device.name}: {inside(kind.name)} tertinggi dalam 30 hari, {number(high, kind.decimals)} {kind.unit}"
        where = f"sebelumnya {number(row['before'], kind.decimals)} {kind.unit}"
        key = f"record-{device.key}-{kind.key}"
        yield AlarmChange(key, RECORD, row["at"], LOW, what, where, links.device(device))
