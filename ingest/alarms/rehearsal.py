"""`python -m ingest rehearse`: what the rules of a pack would have raised in the last days, before they go live.

Nothing is written. Rules on readings are judged reading by reading; the others at every ten minutes of the past, where
their questions can be asked of it.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from data.alarms import AlarmStore
from ingest.errors import IngestError
from ingest.process import require_schema
from sensors.alarm import AlarmRule, Episode
from sensors.alarms import RULE_KINDS, of_series
from sensors.city import City, load_city
from sensors.settings import Settings

STEP = timedelta(minutes=10)
_SERIES_AT_ONCE = 20


def run_rehearsal(settings: Settings, only: str | None, days: int) -> None:
    """Try one rule or all of them, and say for each what it would have raised. Raises one-line errors."""
    url, city = settings.require_database_url(), load_city(settings.city)
    require_schema(url)
    rules = [rule for rule in city.alarm_rules.values() if only in (None, rule.key)]
    if not rules:
        raise IngestError(f"--rule: found {only!r}, expected one of {', '.join(city.alarm_rules)}")
    until = datetime.now(UTC)
    with AlarmStore.reading(url) as store:
        for rule in rules:
            sys.stderr.write(f"{rule.key} ...\n")
            found = rehearse(store, rule, city, until - timedelta(days=days), until)
            sys.stdout.write(_line(rule, found, days, city) + "\n")


def rehearse(store: AlarmStore, rule: AlarmRule, city: City, since: datetime, until: datetime) -> list[Episode] | None:
    """The episodes of a rule within a span of the past; None where it cannot be tried. Raises `DataError`."""
    if of_series(rule.kind):
        return list(_by_readings(store, rule, city, since, until))
    if getattr(RULE_KINDS[rule.kind], "PAST", False):
        return list(_by_steps(store, rule, city, since, until))
    return None


def _by_readings(store: AlarmStore, rule: AlarmRule, city: City, since: datetime, until: datetime) -> Iterator[Episode]:
    watches = RULE_KINDS[rule.kind].watches(rule, city)
    keys = list(watches)
    for first in range(0, len(keys), _SERIES_AT_ONCE):
        some = keys[first : first + _SERIES_AT_ONCE]
        rows = store.ask(
            "alarm_readings",
            devices=[device for device, _ in some],
            kinds=[kind for _, kind in some],
            sinces=[since] * len(some),
            floor=since,
        )
        for row in rows:
            watches[row["device"], row["kind"]].take(row["observed_at"], row["value"])
        for key in some:
            watches[key].advance(until)
            yield from watches[key].episodes()


def _by_steps(store: AlarmStore, rule: AlarmRule, city: City, since: datetime, until: datetime) -> Iterator[Episode]:
    kind = RULE_KINDS[rule.kind]
    terms: Mapping[str, Any] = {"devices": list(city.devices), "markets": list(city.markets), "zone": city.zone.key}
    held: dict[str, Episode] = {}
    now = since
    while now <= until:
        rows = {name: store.ask(name, now=now, **terms) for name in kind.QUESTIONS}
        holding = {each.source.key: each for each in kind.judge(rule, rows, city, now)}
        for key in held.keys() - holding.keys():
            last = held.pop(key)
            yield Episode(
                last.source, last.began, max(now, last.began), last.value, last.worst, last.bound, last.detail
            )
        for key, each in holding.items():
            held.setdefault(key, each)
        now += STEP
    yield from held.values()


def _line(rule: AlarmRule, found: list[Episode] | None, days: int, city: City) -> str:
    if found is None:
        return f"{rule.key}: cannot be tried: what it judges is not kept as it was"
    if not found:
        return f"{rule.key} ({rule.priority}): would have raised nothing in {days} days"
    by_day: defaultdict[object, int] = defaultdict(int)
    for each in found:
        by_day[city.calendar.local_day(each.began)] += 1
    sources = Counter(each.source.name for each in found).most_common(3)
    most = ", ".join(f"{name} {n}" for name, n in sources)
    return (
        f"{rule.key} ({rule.priority}): would have raised {len(found)} alarms in {days} days, at most "
        f"{max(by_day.values())} on a day; most at {most}"
    )
