"""The values that a run publishes, and never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.publisher import Published, publish
from tests.room import Room

RATE, STEP = 10.0, 0.1  # messages a second; what each adds to its series: the gauges stay calm, and in their order


@dataclass(slots=True)
class Figures:
    """The rising values of the run: every stretch begins above the one before."""

    room: Room
    names: Sequence[str]
    next: float = 1.0

    def publish(self, seconds: float) -> Published:
        first, self.next = self.next, self.next + STEP * (RATE * seconds / len(self.names) + 1)
        return publish(self.room.mqtt_url, self.room.topic_root, self.names, RATE, seconds, round(first, 3), STEP)
