"""One engine judges, the others stand by: who holds the place judges on every commit, and when time alone decides."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from data.alarms import AlarmStore
from data.ear import Ear
from data.errors import DataError
from ingest.alarms.series import SeriesJudge
from ingest.alarms.states import StateJudge
from sensors.city import City

STAND_BY_SECONDS = 2.0
AGAIN_SECONDS = 1.0
LONGEST_WAIT = 1.0
ESCALATE_EVERY = timedelta(seconds=5)
LOOK_BACK_EVERY = timedelta(seconds=10)
SHORTEST_REST = 0.01
_log = logging.getLogger(__name__)


class Engine:
    """Judges until it is stopped. `clock` tells now, aware."""

    def __init__(
        self,
        url: str,
        city: City,
        changed: Callable[[], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store, self._ear, self._clock, self._changed = AlarmStore(url), Ear(url), clock, changed
        today = city.calendar.local_day(clock())
        rules = [rule for rule in city.alarm_rules.values() if rule.valid_from <= today]
        self._series, self._states, self._rules = SeriesJudge(city, rules), StateJudge(city, rules), len(rules)
        self._stopping = threading.Event()
        self._looked_back: datetime | None = None
        self._escalated: datetime | None = None
        limits = city.alarm_limits
        self._patience = {"high": limits.escalate_high, "medium": limits.escalate_medium}
        self._duty = list(city.duty)
        self._role = "starting"

    @property
    def state(self) -> Mapping[str, object]:
        """What the heartbeat says of it."""
        return {"role": self._role, "rules": self._rules, "series": self._series.size}

    def stop(self) -> None:
        """End after the pass that is going on."""
        self._stopping.set()

    def run(self) -> None:
        """Lead or stand by until stopped. A database that is away is waited for."""
        while not self._stopping.is_set():
            try:
                if self.lead():
                    self._judge()
                else:
                    self._become("standby")
                    self._stopping.wait(STAND_BY_SECONDS)
            except DataError as error:
                _log.warning("alarms: %s: trying again", error)
                self._become("away")
                self.close()
                self._stopping.wait(AGAIN_SECONDS)
        self.close()

    def lead(self) -> bool:
        """Take the place if it is free, and judge all that is there. Raises `DataError`."""
        if not self._store.lead():
            return False
        self._become("leading")
        self._ear.hear(0)
        self._states.begin()
        now = self._clock()
        with self._store.snapshot():
            self._series.begin(self._store, now)
        self._looked_back = now
        self._settle(now)
        return True

    def close(self) -> None:
        """Give up the place."""
        self._store.close()
        self._ear.close()

    def _judge(self) -> None:
        while not self._stopping.is_set():
            streams = self._ear.hear(self._wait())
            begun = time.monotonic()
            self.turn(streams)
            # As much rest as work: a flood of commits makes fewer passes, not a busier machine.
            self._stopping.wait(max(SHORTEST_REST, time.monotonic() - begun))

    def turn(self, streams: frozenset[str]) -> None:
        """Judge what was committed of these streams, and what time brings. Raises `DataError`."""
        now = self._clock()
        self._states.hear(streams)
        if self._looked_back is None or now - self._looked_back >= LOOK_BACK_EVERY or now < self._looked_back:
            with self._store.snapshot():
                self._series.look_back(self._store, now)
            self._looked_back = now
        else:
            self._series.catch_up(self._store, now, everything=False)
        self._settle(now)

    def _settle(self, now: datetime) -> None:
        with self._store.settling():
            self._series.settle(self._store, now)
            self._states.judge(self._store, now)
            if self._escalated is None or now - self._escalated >= ESCALATE_EVERY or now < self._escalated:
                self._store.escalate(self._patience, self._duty, now)
                self._escalated = now

    def _wait(self) -> float:
        now = self._clock()
        dues = [self._states.next_due(now), self._series.next_due]
        left = min((due - now).total_seconds() for due in dues if due is not None)
        return min(max(0.0, left), LONGEST_WAIT)

    def _become(self, role: str) -> None:
        if role != self._role:
            _log.info("alarms: %s", role)
            self._role = role
            self._changed()
