"""Hysteresis with delays: when something begins to hold and when it ends, by the times of its readings alone.

It begins once the bound has been reached for the whole of the on-delay, and ends once the value has been back beyond
the clearing bound for the whole of the off-delay. The value between two readings is that of the first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sensors.alarm import Episode, Source


@dataclass(frozen=True, slots=True)
class Bounds:
    """`reach` begins it, `clear` ends it; `above`: the bound is reached from below."""

    reach: float
    clear: float
    above: bool
    on_delay: timedelta
    off_delay: timedelta

    def reached(self, value: float) -> bool:
        """Whether a value is at the bound or beyond it."""
        return value >= self.reach if self.above else value <= self.reach

    def cleared(self, value: float) -> bool:
        """Whether a value is back: not at the clearing bound any more."""
        return value < self.clear if self.above else value > self.clear

    def worse(self, one: float, other: float) -> float:
        """The worse of two values."""
        return max(one, other) if self.above else min(one, other)


@dataclass(slots=True)
class Latch:
    """One series held against one pair of bounds. `sensors.alarm.Watch` says what each method is for."""

    source: Source
    bounds: Bounds
    _found: list[Episode] = field(default_factory=list)
    _reached_at: datetime | None = None
    _reached_with: float = 0.0
    _worst: float = 0.0
    _cleared_at: datetime | None = None

    def take(self, at: datetime, value: float) -> None:
        """See the next reading."""
        self.advance(at)
        if self._open:
            self._worst = self.bounds.worse(self._worst, value)
            if not self.bounds.cleared(value):
                self._cleared_at = None if self.bounds.reached(value) else self._cleared_at
            elif self._cleared_at is None:
                self._cleared_at = at
        elif not self.bounds.reached(value):
            self._reached_at = None
        elif self._reached_at is None:
            self._reached_at, self._reached_with, self._worst = at, value, value
        else:
            self._worst = self.bounds.worse(self._worst, value)
        self.advance(at)

    def resume(self, began: datetime, value: float | None, worst: float | None) -> None:
        """Go on from an alarm that is known to be open."""
        self._found = [Episode(self.source, began, None, value, worst, self.bounds.reach)]
        self._worst = self.bounds.reach if worst is None else worst

    def stop(self, at: datetime) -> None:
        """From then on the series says nothing that counts."""
        self.advance(at)
        if self._open:
            self._end(at)
        self._reached_at = None

    def advance(self, now: datetime) -> datetime | None:
        """Let time pass; return when it will by itself change something."""
        if self._open:
            due = None if self._cleared_at is None else self._cleared_at + self.bounds.off_delay
            if due is None or due > now:
                return due
            self._end(due)
        elif self._reached_at is not None:
            due = self._reached_at + self.bounds.on_delay
            if due > now:
                return due
            self._found.append(Episode(self.source, due, None, self._reached_with, self._worst, self.bounds.reach))
            self._reached_at = None
        return None

    def episodes(self) -> list[Episode]:
        """What was found so far."""
        if self._open:
            last = self._found[-1]
            return [*self._found[:-1], Episode(self.source, last.began, None, last.value, self._worst, last.bound)]
        return list(self._found)

    @property
    def _open(self) -> bool:
        return bool(self._found) and self._found[-1].ended is None

    def _end(self, at: datetime) -> None:
        last = self._found[-1]
        self._found[-1] = Episode(self.source, last.began, at, last.value, self._worst, last.bound)
        self._reached_at = self._cleared_at = None
