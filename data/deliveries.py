"""What is to be told of alarms, and what was: the store of `python -m ingest notify`.

A delivery is marked as being sent before it is sent and as sent after it. One that was being sent when the process died
is sent again where the way out tells it by a number that receivers know, else it is doubtful and left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from data.errors import translated
from data.place import Connection, Place
from data.writes import statement

_LOCK = 0x11FE0004  # one process tells, however many are started
_KEPT_DAYS = 90
_STATEMENT_SECONDS = 30.0


class Deliveries:
    """One connection, whose life is the place of the one that tells. All methods raise `DataError`."""

    def __init__(self, url: str) -> None:
        self._place = Place(url, "notify", _LOCK)

    def lead(self) -> bool:
        """Whether this process is the one that tells; asks for the place if it does not hold it."""
        return self._place.take()

    def close(self) -> None:
        """Give up connection and place."""
        self._place.leave()

    def begin(self, channel: str, *, again: bool) -> None:
        """Know a channel, and decide what it was sending when a process died: `again`, or leave it as doubtful."""
        left = "pending" if again else "doubtful"
        with translated(), self._led.transaction():
            self._led.execute(
                "INSERT INTO alarm_channels SELECT %s, coalesce(max(id), 0) FROM alarm_steps ON CONFLICT DO NOTHING",
                (channel,),
            )
            self._led.execute(
                "UPDATE alarm_deliveries SET state = %s WHERE channel = %s AND state = 'sending'", (left, channel)
            )
            self._led.execute(
                "DELETE FROM alarm_deliveries WHERE channel = %s AND done_at < now() - %s",
                (channel, timedelta(days=_KEPT_DAYS)),
            )

    def plan(
        self, channel: str, priorities: Sequence[str], steps: Sequence[str], agencies: Sequence[str] | None
    ) -> None:
        """Note what a channel is to tell of the steps that were taken."""
        told = {"channel": channel, "priorities": list(priorities), "steps": list(steps)}
        with translated():
            self._led.execute(statement("deliveries_new"), told | {"agencies": list(agencies) if agencies else None})

    def take(self, channel: str) -> Mapping[str, Any] | None:
        """The next one in the order of the steps; None while there is none, or while it waits for another try."""
        with translated():
            return self._led.execute(statement("deliveries_next"), {"channel": channel}).fetchone()

    def sent(self, channel: str, step: int) -> None:
        """It was taken."""
        self._done(channel, step, "sent", "", None)

    def failed(self, channel: str, step: int, error: str, again_in: timedelta | None) -> None:
        """It was not taken: tried again later, or given up."""
        self._done(channel, step, "failed" if again_in is None else "pending", error, again_in)

    def waiting(self) -> int:
        """How many deliveries wait."""
        with translated():
            row = self._led.execute("SELECT count(*) AS n FROM alarm_deliveries WHERE state = 'pending'").fetchone()
        return int(row["n"]) if row else 0

    def _done(self, channel: str, step: int, state: str, error: str, again_in: timedelta | None) -> None:
        with translated():
            self._led.execute(
                "UPDATE alarm_deliveries SET state = %(state)s, error = %(error)s, "
                "done_at = CASE WHEN %(state)s = 'pending' THEN NULL ELSE clock_timestamp() END, "
                "next_at = clock_timestamp() + %(again_in)s::interval "
                "WHERE channel = %(channel)s AND step_id = %(step)s",
                {"state": state, "error": error[:300], "again_in": again_in or timedelta(0), "channel": channel,
                 "step": step},
            )  # fmt: skip

    @property
    def _led(self) -> Connection:
        return self._place.held
