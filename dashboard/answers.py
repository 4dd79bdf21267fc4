"""The questions in use and their newest answers: each distinct question is asked once for every panel and display."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.sources import streams_of
from layouts.panel import Panel, Row

REFRESH_AFTER = 60.0
"""Seconds after which a question is asked again although nothing was committed: its window of time has moved."""
RETRY_AFTER = 1.0


@dataclass(slots=True)
class Answer:
    """What is known of one question. Times are seconds of the monotonic clock."""

    name: str
    every: float
    streams: frozenset[str]
    rows: Sequence[Row] | None = None
    dirty: bool = True
    asked_at: float = float("-inf")
    not_before: float = float("-inf")
    failed: bool = False

    def due(self) -> float:
        """When to ask next."""
        if self.dirty:
            return max(self.asked_at + self.every, self.not_before)
        return self.asked_at + max(REFRESH_AFTER, self.every)

    def accept(self, rows: Sequence[Row]) -> bool:
        """Keep fresh rows; return whether they differ from the last ones."""
        changed = self.rows is None or self.failed or rows != self.rows
        self.rows, self.failed = rows, False
        return changed

    def fail(self, now: float) -> None:
        """Keep the old rows, ask again a little later."""
        self.failed, self.dirty, self.not_before = True, True, now + RETRY_AFTER


class Answers:
    """The answers of every question that any of the given panels asks."""

    def __init__(self, panels: Iterable[Panel]) -> None:
        """Prepare one answer per distinct question; the shortest `every` any panel wants holds."""
        self._answers: dict[str, Answer] = {}
        for panel in panels:
            for question in panel.questions:
                known = self._answers.get(question.name)
                streams = (panel.streams & streams_of(question.name)) | (known.streams if known else frozenset())
                every = min(question.every, known.every) if known else question.every
                self._answers[question.name] = Answer(question.name, every, streams)

    def mark(self, streams: Collection[str] | None) -> None:
        """Say that rows of these streams were committed; None says that everything may have changed."""
        for answer in self._answers.values():
            if streams is None or not answer.streams.isdisjoint(streams):
                answer.dirty = True

    def due(self, names: Collection[str], now: float) -> list[Answer]:
        """Return those of the named questions whose time has come, taking their mark away."""
        found = [answer for name, answer in self._answers.items() if name in names and answer.due() <= now]
        for answer in found:
            answer.dirty, answer.asked_at = False, now
        return found

    def next_due(self, names: Collection[str]) -> float:
        """Return when the next of the named questions is to be asked."""
        return min((self._answers[name].due() for name in names), default=float("inf"))

    def rows(self, panel: Panel) -> dict[str, Sequence[Row]] | None:
        """Return the rows of all the panel's questions, or None while one was never answered."""
        found: dict[str, Any] = {question.name: self._answers[question.name].rows for question in panel.questions}
        return None if any(rows is None for rows in found.values()) else found

    def failing(self, panel: Panel) -> bool:
        """Whether the newest asking of one of the panel's questions failed."""
        return any(self._answers[question.name].failed for question in panel.questions)
