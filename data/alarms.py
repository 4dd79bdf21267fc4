"""The store of alarms for the engine: one leader at a time, and episodes that are settled against what is kept.

To settle the same episodes again changes nothing, so an engine that died at any point, and two at once, leave the same
alarms behind: a step is written in the transaction that changes its alarm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.errors import translated
from data.place import Connection, Place
from data.queries import question
from data.writes import statement
from sensors.alarm import AlarmRule, Episode

_LOCK = 0x11FE0005  # one engine judges, however many are started
_ANSWER_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Kept:
    """An alarm as it is stored; `ended_at` None while it is open."""

    id: int
    source: str
    raised_at: datetime
    ended_at: datetime | None
    value: float | None
    worst: float | None


class AlarmStore:
    """One connection, whose life is the engine's leadership. All methods raise `DataError`."""

    def __init__(self, url: str) -> None:
        self._place = Place(url, "alarms", _LOCK)
        self._changed = False

    @classmethod
    @contextmanager
    def reading(cls, url: str) -> Iterator[AlarmStore]:
        """A store that only asks, whoever leads."""
        store = cls(url)
        store._place.visit()
        try:
            yield store
        finally:
            store.close()

    def lead(self) -> bool:
        """Whether this engine is the one that judges: asks for the place if it does not hold it."""
        return self._place.take()

    def close(self) -> None:
        """Give up connection and place."""
        self._place.leave()

    def ask(self, name: str, **params: object) -> list[dict[str, Any]]:
        """The rows that answer a question of data/queries."""
        with translated():
            return self._led.execute(question(name), params, prepare=True).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is asked in it is answered as of one moment."""
        with translated(), self._led.transaction():
            self._led.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    @contextmanager
    def settling(self) -> Iterator[None]:
        """One transaction for all that is settled in it; whoever listens is told once, if anything changed."""
        with translated(), self._led.transaction():
            self._changed = False
            yield
            if self._changed:
                self._led.execute(statement("notify"), {"streams": "alarms"})

    def settle_series(self, rule: AlarmRule, source: str, episodes: Sequence[Episode], since: datetime) -> None:
        """Let the alarms of one source that reach beyond `since` be exactly these episodes."""
        kept = self._kept(rule, since, source)
        matched: list[tuple[Kept | None, Episode]] = []
        for episode in episodes:
            match = next((each for each in kept if _overlap(each, episode)), None)
            matched.append((match, episode))
            if match is not None:
                kept.remove(match)
        for each in kept:  # first of all: of one rule and source only one may be open
            if each.raised_at >= since:
                self._step("alarm_withdrawn", {"id": each.id, "step": "withdrawn"})
        for match, episode in matched:
            if match is None:
                self._raise(rule, episode)
            else:
                self._correct(match, episode, exact=True)

    def settle_state(self, rule: AlarmRule, episodes: Sequence[Episode], now: datetime) -> None:
        """Let the open alarms of a rule be exactly these: the others have ended now."""
        kept = {each.source: each for each in self._kept(rule, None, None)}
        for episode in episodes:
            match = kept.pop(episode.source.key, None)
            if match is None:
                self._raise(rule, episode)
            else:
                self._correct(match, episode, exact=False)
        for each in kept.values():
            ended_at = max(now, each.raised_at)
            self._step("alarm_ended", {"id": each.id, "ended_at": ended_at, "worst": each.worst, "step": "ended"})

    def escalate(self, minutes: Mapping[str, float], duty: Sequence[str], now: datetime) -> None:
        """Pass alarms that nobody took in time on to the next position of `duty`; `minutes` by priority."""
        told = {"priorities": list(minutes), "minutes": list(minutes.values()), "duty": list(duty), "now": now}
        if self._led.execute(statement("alarms_escalated"), told).rowcount:
            self._changed = True

    def open_of(self, rules: Iterable[AlarmRule], since: datetime) -> Mapping[tuple[str, str], list[Kept]]:
        """What is kept of these rules and reaches beyond `since`, by rule and source."""
        found: defaultdict[tuple[str, str], list[Kept]] = defaultdict(list)
        for rule in rules:
            for each in self._kept(rule, since, None):
                found[rule.key, each.source].append(each)
        return found

    @property
    def _led(self) -> Connection:
        return self._place.held

    def _kept(self, rule: AlarmRule, since: datetime | None, source: str | None) -> list[Kept]:
        rows = self._led.execute(
            "SELECT id, source, raised_at, ended_at, value, worst FROM alarms WHERE rule = %(rule)s AND NOT withdrawn "
            "AND (%(source)s::text IS NULL OR source = %(source)s) "
            "AND (ended_at IS NULL OR ended_at > %(since)s::timestamptz) ORDER BY raised_at",
            {"rule": rule.key, "source": source, "since": since},
        ).fetchall()
        return [Kept(**row) for row in rows]

    def _raise(self, rule: AlarmRule, episode: Episode) -> None:
        source = episode.source
        facts = {
            "rule": rule.key, "priority": rule.priority, "source": source.key, "name": source.name,
            "cause": source.cause, "agency": rule.agency or source.agency, "district": source.district,
            "subdistrict": source.subdistrict, "lat": source.lat, "lon": source.lon, "device": source.device,
            "kind": source.kind, "value": episode.value, "worst": episode.worst, "bound": episode.bound,
            "detail": episode.detail, "raised_at": episode.began, "ended_at": episode.ended,
        }  # fmt: skip
        self._step("alarm_raised", facts)

    def _correct(self, kept: Kept, episode: Episode, *, exact: bool) -> None:
        """Bring what is kept to what was found. The beginning of a state may move with what is counted: it stays."""
        began = episode.began if exact else kept.raised_at
        if (kept.raised_at, kept.ended_at, kept.worst) == (began, episode.ended, episode.worst):
            return
        if kept.raised_at != began or (kept.ended_at and episode.ended and kept.ended_at != episode.ended):
            self._step("alarm_moved", {"id": kept.id, "raised_at": began, "ended_at": episode.ended})
        told = {"id": kept.id, "worst": episode.worst, "ended_at": episode.ended}
        if episode.ended and not kept.ended_at:
            self._step("alarm_ended", told | {"step": "ended"})
        elif kept.ended_at and not episode.ended:
            self._step("alarm_ended", told | {"step": "reopened"})
        elif kept.worst != episode.worst:
            self._step("alarm_worst", told)

    def _step(self, name: str, facts: Mapping[str, object]) -> None:
        self._led.execute(statement(name), facts)
        self._changed = True


def _overlap(kept: Kept, episode: Episode) -> bool:
    if kept.raised_at == episode.began:
        return True
    begins = episode.ended is None or kept.raised_at < episode.ended
    return begins and (kept.ended_at is None or kept.ended_at > episode.began)
