"""What is drawn and not sent yet: each frame costs every display a message, so changes close together share one."""

from __future__ import annotations

from time import monotonic
from typing import TypeAlias

from dashboard.answers import Options
from dashboard.diff import Change

CLOSELY = 0.15
"""While frames follow each other within so many seconds, what the other panels changed goes with the next of them."""
HELD_FOR = 0.1
"""Seconds after which it goes by itself."""

PictureKey: TypeAlias = tuple[str, Options]
Drawn: TypeAlias = dict[PictureKey, list[Change]]


class NextFrame:
    """The changes that go with the next frame. Times are seconds of the monotonic clock."""

    def __init__(self) -> None:
        self._drawn: Drawn = {}
        self._since = self._sent_at = float("-inf")
        self._apart = float("inf")  # between the last two frames of quick panels

    def hold(self, drawn: Drawn) -> None:
        """Keep these until the next frame."""
        if not self._drawn:
            self._since = monotonic()
        for key, items in drawn.items():
            self._drawn.setdefault(key, []).extend(items)

    def take(self, quick: Drawn) -> Drawn:
        """Return what was held with what quick panels have just drawn."""
        drawn, self._drawn = self._drawn | quick, {}
        if any(quick.values()):
            self._apart, self._sent_at = monotonic() - self._sent_at, monotonic()
        return drawn

    def due(self) -> float:
        """When it must go by itself; never while it is empty."""
        return self._since + HELD_FOR if self._drawn else float("inf")

    def is_soon(self) -> bool:
        """Whether quick panels send so often that another frame is about to go anyway."""
        return max(self._apart, monotonic() - self._sent_at) < CLOSELY
