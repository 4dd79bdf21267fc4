"""The rules that judge readings one by one: each series is followed, and followed anew when something came late.

A series is known by how many readings of each hour were seen. Where the database has another number, readings came late
or were taken out, and the series is judged again from the floor on: `LOOKBACK` before now. What comes later than that
raises nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from data.alarms import Kept
from sensors.alarm import AlarmRule, Episode, Watch
from sensors.alarms import RULE_KINDS, of_series
from sensors.city import City

LOOKBACK = timedelta(hours=25)
"""A gateway that was away for a day still hands over what counts."""
OVERLAP = timedelta(seconds=5)
"""Messages of one commit may have arrived so long before others that were committed earlier."""
_START = datetime(1970, 1, 1, tzinfo=UTC)

SeriesKey = tuple[str, str]
Row = Mapping[str, Any]


class Asked(Protocol):
    """The part of `data.alarms.AlarmStore` that is needed here."""

    def ask(self, name: str, **params: object) -> list[dict[str, Any]]:
        """The rows that answer a question."""

    def settle_series(self, rule: AlarmRule, source: str, episodes: Sequence[Episode], since: datetime) -> None:
        """Let the alarms of one source be these."""

    def open_of(self, rules: Iterable[AlarmRule], since: datetime) -> Mapping[tuple[str, str], list[Kept]]:
        """What is kept of some rules."""


@dataclass(slots=True)
class Series:
    """One device and kind, with a watch for each rule that concerns it."""

    watches: dict[str, Watch]
    last_at: datetime = _START
    hours: Counter[datetime] = field(default_factory=Counter)
    stops: list[datetime] = field(default_factory=list)
    due: datetime | None = None
    settled: dict[str, tuple[Episode, ...]] = field(default_factory=dict)

    def take(self, at: datetime, value: float) -> None:
        """See the next reading; what the device was worked on before it has ended what held."""
        self.stop_until(at)
        for watch in self.watches.values():
            watch.take(at, value)
        self.hours[at.replace(minute=0, second=0, microsecond=0)] += 1
        self.last_at = at

    def stop_until(self, at: datetime) -> None:
        """Let the beginnings of work on the device up to a moment end what held."""
        passed = bisect_right(self.stops, at)
        for moment in self.stops[:passed]:
            for watch in self.watches.values():
                watch.stop(moment)
        del self.stops[:passed]

    def advance(self, now: datetime) -> None:
        """Let time pass."""
        self.stop_until(now)
        dues = [due for watch in self.watches.values() if (due := watch.advance(now)) is not None]
        self.due = min(dues, default=None)


class SeriesJudge:
    """All series that a rule of the pack concerns."""

    def __init__(self, city: City, rules: Iterable[AlarmRule]) -> None:
        self._city = city
        self._rules = {rule.key: rule for rule in rules if of_series(rule.kind)}
        self._series: dict[SeriesKey, Series] = {}
        self._touched: set[SeriesKey] = set()
        self._arrived = _START
        self._windows: dict[str, list[datetime]] = {}
        for key in self._fresh():
            self._series[key] = Series({})

    @property
    def size(self) -> int:
        """How many series are followed."""
        return len(self._series)

    @property
    def next_due(self) -> datetime | None:
        """When time alone will change something."""
        return min((each.due for each in self._series.values() if each.due is not None), default=None)

    def begin(self, store: Asked, now: datetime) -> None:
        """Judge everything from the floor on; what is kept open from before goes on."""
        self._windows = _starts(store.ask("alarm_windows", floor=now - LOOKBACK, now=now))
        self._arrived = now - OVERLAP
        for series in self._series.values():
            series.settled.clear()  # what was settled may not have been committed
        self._judge_anew(store, list(self._series), now)

    def catch_up(self, store: Asked, now: datetime, *, everything: bool) -> None:
        """Judge what was committed since: what arrived just now, or whatever it is that is new."""
        after = _START if everything else self._arrived - OVERLAP
        rows = store.ask("alarm_changed", kinds=self._kinds, after=after)
        new = []
        for row in rows:
            key = row["device"], row["kind"]
            self._arrived = max(self._arrived, row["received_at"])
            if key in self._series and row["observed_at"] > self._series[key].last_at:
                new.append(key)
        self._take(self._readings(store, new, now))
        for key, series in self._series.items():
            if key in self._touched or (series.due is not None and series.due <= now):
                series.advance(now)
                self._touched.add(key)

    def look_back(self, store: Asked, now: datetime) -> None:
        """Find the series of which something came late or was taken out, and judge those anew. Ask in a snapshot."""
        self._mind_windows(store, now)
        self.catch_up(store, now, everything=True)
        floor = _hour(now - LOOKBACK) + timedelta(hours=1)
        kept: defaultdict[SeriesKey, Counter[datetime]] = defaultdict(Counter)
        for row in store.ask("alarm_hours", kinds=self._kinds, floor=floor):
            kept[row["device"], row["kind"]][row["bucket"]] = row["n"]
        other = []
        for key, series in self._series.items():
            for hour in [hour for hour in series.hours if hour < floor]:
                del series.hours[hour]
            if series.hours != kept[key]:
                other.append(key)
        self._judge_anew(store, other, now)

    def settle(self, store: Asked, now: datetime) -> None:
        """Bring what is kept to what was found, where that changed. Call within `settling`."""
        since = now - LOOKBACK
        for key in self._touched:
            series = self._series[key]
            for name, watch in series.watches.items():
                found = tuple(each for each in watch.episodes() if each.ended is None or each.ended > since)
                if found != series.settled.get(name):
                    store.settle_series(self._rules[name], watch.source.key, found, since)
                    series.settled[name] = found
        self._touched.clear()

    @property
    def _kinds(self) -> list[str]:
        return sorted({kind for _, kind in self._series})

    def _fresh(self) -> dict[SeriesKey, dict[str, Watch]]:
        found: defaultdict[SeriesKey, dict[str, Watch]] = defaultdict(dict)
        for rule in self._rules.values():
            for key, watch in RULE_KINDS[rule.kind].watches(rule, self._city).items():
                found[key][rule.key] = watch
        return found

    def _judge_anew(self, store: Asked, keys: Sequence[SeriesKey], now: datetime) -> None:
        if not keys:
            return
        floor = now - LOOKBACK
        fresh, kept = self._fresh(), store.open_of(self._rules.values(), floor)
        for key in keys:
            settled = self._series[key].settled
            series = self._series[key] = Series(fresh[key], settled=settled)
            series.last_at = floor
            series.stops = [moment for moment in self._windows.get(key[0], ()) if moment > floor]
            for name, watch in series.watches.items():
                for each in kept.get((name, watch.source.key), ()):
                    if each.raised_at <= floor:
                        watch.resume(each.raised_at, each.value, each.worst)
            self._touched.add(key)
        self._take(self._readings(store, keys, now))
        for key in keys:
            self._series[key].advance(now)

    def _mind_windows(self, store: Asked, now: datetime) -> None:
        found = _starts(store.ask("alarm_windows", floor=now - LOOKBACK, now=now))
        for device, starts in found.items():
            new = [moment for moment in starts if moment not in self._windows.get(device, ())]
            for key, series in self._series.items():
                if key[0] == device and new:
                    series.stops = sorted({*series.stops, *new})
                    self._touched.add(key)
        self._windows = found

    def _readings(self, store: Asked, keys: Sequence[SeriesKey], now: datetime) -> list[dict[str, Any]]:
        if not keys:
            return []
        return store.ask(
            "alarm_readings",
            devices=[device for device, _ in keys],
            kinds=[kind for _, kind in keys],
            sinces=[self._series[key].last_at for key in keys],
            floor=now - LOOKBACK,
        )

    def _take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            key = row["device"], row["kind"]
            self._series[key].take(row["observed_at"], row["value"])
            self._touched.add(key)


def _starts(rows: Iterable[Row]) -> dict[str, list[datetime]]:
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for row in rows:
        found[row["device"]].append(row["starts_at"])
    return found


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
