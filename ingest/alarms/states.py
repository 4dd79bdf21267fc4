"""The rules that judge what stands in the database as a whole: asked when its streams were committed, and by time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, Protocol

from sensors.alarm import AlarmRule, Episode
from sensors.alarms import RULE_KINDS, of_series
from sensors.city import City

SOONEST = timedelta(seconds=1)
"""After a commit of its streams a rule is judged again, but not sooner than this after the last time."""
ANYWAY = timedelta(seconds=5)
"""Without one it is judged after this: deadlines pass and devices fall silent without a message."""


class Asked(Protocol):
    """The part of `data.alarms.AlarmStore` that is needed here."""

    def ask(self, name: str, **params: object) -> list[dict[str, Any]]:
        """The rows that answer a question."""

    def settle_state(self, rule: AlarmRule, episodes: Sequence[Episode], now: datetime) -> None:
        """Let the open alarms of a rule be these."""


class StateJudge:
    """All rules of that sort."""

    def __init__(self, city: City, rules: Iterable[AlarmRule]) -> None:
        self._city = city
        self._rules = [rule for rule in rules if not of_series(rule.kind)]
        self._judged: dict[str, datetime] = {}
        self._news: dict[str, bool] = {}
        self._settled: dict[str, Sequence[Episode]] = {}
        self._terms = {"devices": list(city.devices), "markets": list(city.markets), "zone": city.zone.key}

    def begin(self) -> None:
        """Judge all of them at the next turn, whatever was settled before."""
        self._judged.clear()
        self._settled.clear()

    def hear(self, streams: AbstractSet[str]) -> None:
        """Note which rules have news."""
        for rule in self._rules:
            if not RULE_KINDS[rule.kind].STREAMS.isdisjoint(streams):
                self._news[rule.key] = True

    def next_due(self, now: datetime) -> datetime:
        """When the next rule is to be judged."""
        return min((self._due(rule) or now for rule in self._rules), default=now + ANYWAY)

    def judge(self, store: Asked, now: datetime) -> None:
        """Judge the rules whose time has come and settle what is found. Call within `settling`."""
        rows: dict[str, Sequence[Mapping[str, Any]]] = {}
        for rule in self._rules:
            due = self._due(rule)
            if due is not None and due > now:
                continue
            kind = RULE_KINDS[rule.kind]
            for name in kind.QUESTIONS:
                if name not in rows:
                    rows[name] = store.ask(name, now=now, **self._terms)
            found = kind.judge(rule, rows, self._city, now)
            if found is not None and (found or self._settled.get(rule.key) != found):
                store.settle_state(rule, found, now)
                self._settled[rule.key] = found
            self._judged[rule.key], self._news[rule.key] = now, False

    def _due(self, rule: AlarmRule) -> datetime | None:
        judged = self._judged.get(rule.key)
        if judged is None:
            return None
        return judged + (SOONEST if self._news.get(rule.key) else ANYWAY)
