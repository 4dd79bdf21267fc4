"""Between a commit and a replica that has it: notices are held back until the rows they speak of can be read there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, LiteralString, NamedTuple

import psycopg

PROBE_SECONDS = 2.0
"""After this long without a notice the replica is compared all the same: it may have lost its primary in the quiet."""
PATIENCE_SECONDS = 1.0
"""A replica that takes no longer than this keeps up."""
_MOST = 256
_QUICK, _SLOW = 0.002, 0.05

# A commit is flushed before it is told (synchronous_commit, which the doctor looks for), so this is never short of
# what a notice speaks of. The insert position would not be either, but it counts what nobody has committed yet, which
# the replica is not sent, and at the end of a page it skips a header that an idle primary has yet to write.
_WRITTEN: LiteralString = "SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint"
# What is not in recovery, a primary or a replica that became one, has everything.
_REPLAYED: LiteralString = """
SELECT CASE WHEN pg_is_in_recovery() THEN (pg_last_wal_replay_lsn() - '0/0')::bigint ELSE 9223372036854775807 END,
       coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 0)::float8"""


class Replayed(NamedTuple):
    """How far a server has come in the log, and how many seconds ago the last commit it has was made."""

    position: int
    age: float


async def ask_written(primary: psycopg.AsyncConnection[Any]) -> int:
    """The position in the log before which lies everything that has been told. Raises `psycopg.Error`."""
    rows = await (await primary.execute(_WRITTEN)).fetchall()
    return int(rows[0][0])


async def ask_replayed(replica: psycopg.AsyncConnection[Any]) -> Replayed:
    """How far the replica has come. Raises `psycopg.Error`."""
    rows = await (await replica.execute(_REPLAYED)).fetchall()
    return Replayed(*rows[0])


class _Held(NamedTuple):
    position: int
    streams: frozenset[str]
    since: float


@dataclass(slots=True)
class Backlog:
    """The notices that wait for the replica, oldest first. Bounded: when it is long, its newest takes in what comes."""

    _held: deque[_Held] = field(default_factory=deque)
    _fed: float = field(default_factory=monotonic)

    def hold(self, position: int, streams: Iterable[str]) -> None:
        """Keep a notice of these streams until the replica has come to `position`; without streams it only compares."""
        self._fed = since = monotonic()
        if len(self._held) >= _MOST:
            last = self._held.pop()
            streams, since = last.streams.union(streams), last.since
        self._held.append(_Held(position, frozenset(streams), since))

    def release(self, position: int) -> frozenset[str]:
        """Let go of what the replica has by now, and return its streams."""
        streams: frozenset[str] = frozenset()
        while self._held and self._held[0].position <= position:
            streams |= self._held.popleft().streams
        return streams

    def behind(self, age: float) -> int:
        """Whole seconds that a replica whose last commit is this old lags; 0 while it keeps up."""
        waited = self._waited()
        return int(max(waited, age)) if waited >= PATIENCE_SECONDS else 0

    def pause(self) -> float:
        """Seconds to listen before the replica is looked at again: ever longer while it has not come so far."""
        return min(max(_QUICK, self._waited() / 4), _SLOW) if self._held else PROBE_SECONDS

    def is_silent(self) -> bool:
        """Whether nothing has come for so long that a comparison is due."""
        return monotonic() - self._fed >= PROBE_SECONDS

    def _waited(self) -> float:
        return monotonic() - self._held[0].since if self._held else 0.0
