"""The questions in use and their newest answers: each distinct question is asked once for every panel and display."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeAlias

from dashboard.sources import streams_of
from layouts.panel import Panel, Row

RETRY_AFTER = 1.0


Options: TypeAlias = tuple[tuple[str, str], ...]
"""Choices in the form in which two equal ones are one."""
Asked: TypeAlias = tuple[str, Options]
"""A question by its name, with the choices it takes."""


def options_in(options: Mapping[str, str], names: Collection[str]) -> Options:
    """Return those of the choices that are named, in the form in which two equal choices are one."""
    return tuple(sorted((name, value) for name, value in options.items() if name in names))


@dataclass(slots=True)
class Answer:
    """What is known of one question. Times are seconds of the monotonic clock; `rows_of` is that of the asking."""

    name: str
    options: Options
    every: float
    streams: frozenset[str]
    anyway: float = 60.0
    rows: Sequence[Row] | None = None
    dirty: bool = True
    asked_at: float = float("-inf")
    not_before: float = float("-inf")
    failed: bool = False
    rows_of: float = float("-inf")

    def due(self) -> float:
        """When to ask next."""
        if self.dirty:
            return max(self.asked_at + self.every, self.not_before)
        return self.asked_at + max(self.anyway, self.every)

    def accept(self, rows: Sequence[Row]) -> bool:
        """Keep fresh rows; return whether they differ from the last ones."""
        changed = self.rows is None or self.failed or rows != self.rows
        self.rows, self.failed, self.rows_of = rows, False, self.asked_at
        return changed

    def fail(self, now: float) -> None:
        """Keep the old rows, ask again a little later."""
        self.failed, self.dirty, self.not_before = True, True, now + RETRY_AFTER


class Answers:
    """The answers in use: one for each distinct question with the choices it takes."""

    def __init__(self, panels: Iterable[Panel]) -> None:
        """Note when to ask what; the shortest `every` and `anyway` that any panel wants hold."""
        self._every: dict[str, float] = {}
        self._anyway: dict[str, float] = {}
        self._streams: dict[str, frozenset[str]] = {}
        self._answers: dict[Asked, Answer] = {}
        for panel in panels:
            for question in panel.questions:
                name = question.name
                self._every[name] = min(question.every, self._every.get(name, question.every))
                self._anyway[name] = min(question.anyway, self._anyway.get(name, question.anyway))
                heard = panel.streams & streams_of(name)
                self._streams[name] = heard | self._streams.get(name, frozenset())

    def mark(self, streams: Collection[str] | None) -> None:
        """Say that rows of these streams were committed; None says that everything may have changed."""
        for answer in self._answers.values():
            if streams is None or not answer.streams.isdisjoint(streams):
                answer.dirty = True

    def renew(self, asked: Collection[Asked], streams: Collection[str] | None) -> None:
        """Say that those of these which rest on one of the streams are due at once; None says all of them.

        Who has just done something waits for it: how seldom a question is asked of itself does not hold here.
        """
        for each in asked:
            answer = self._answers[each]
            if streams is None or not answer.streams.isdisjoint(streams):
                answer.dirty, answer.asked_at = True, float("-inf")

    def use(self, asked: AbstractSet[Asked]) -> None:
        """Say which are in use: the others are forgotten, new ones are due at once."""
        for unused in self._answers.keys() - asked:
            del self._answers[unused]
        for name, options in asked - self._answers.keys():
            timing = self._every[name], self._streams[name], self._anyway[name]
            self._answers[name, options] = Answer(name, options, *timing)

    def due(self, now: float) -> list[Answer]:
        """Return those whose time has come, taking their mark away."""
        found = [answer for answer in self._answers.values() if answer.due() <= now]
        for answer in found:
            answer.dirty, answer.asked_at = False, now
        return found

    def next_due(self) -> float:
        """Return when the next one is to be asked."""
        return min((answer.due() for answer in self._answers.values()), default=float("inf"))

    def rows(self, asked: Collection[Asked]) -> dict[str, Sequence[Row]] | None:
        """Return the rows of all of these by the names of the questions, or None while one was never answered."""
        found: dict[str, Any] = {name: self._answers[name, options].rows for name, options in asked}
        return None if any(rows is None for rows in found.values()) else found

    def since(self, asked: Collection[Asked], streams: Collection[str] | None, moment: float) -> bool:
        """Whether those that rest on one of these streams, or all, were asked after a moment, and answered."""
        found = (self._answers[each] for each in asked)
        wanted = (answer for answer in found if streams is None or not answer.streams.isdisjoint(streams))
        return all(answer.rows_of >= moment for answer in wanted)

    def failing(self, asked: Collection[Asked]) -> bool:
        """Whether the newest asking of one of these failed."""
        return any(self._answers[each].failed for each in asked)
