"""A publisher that goes on while something breaks, and knows which of its messages the broker has taken."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from paho.mqtt.client import MQTTMessageInfo

from tests.faults.known import Known
from tests.ingesting import publisher, until

PATIENCE = 120.0
_NAP = 0.01


class Stream(threading.Thread):
    """Publishes known messages at a steady pace in the background, through whatever happens to the broker."""

    def __init__(self, url: str, messages: Sequence[Known], per_second: int) -> None:
        super().__init__(daemon=True)
        self.messages = messages
        self._url = url
        self._per_second = per_second
        self._sent: list[MQTTMessageInfo] = []
        self._trouble: Exception | None = None
        self._over = threading.Event()

    def run(self) -> None:
        try:
            with publisher(self._url) as sender:
                begun = time.monotonic()
                for number, each in enumerate(self.messages):
                    self._sent.append(sender.send(each.topic, each.payload))
                    ahead = number / self._per_second - (time.monotonic() - begun)
                    if ahead > _NAP and self._over.wait(ahead):
                        return
                until(self._taken, "the broker to take every message", PATIENCE)
        except Exception as error:  # noqa: BLE001 - told to whoever waits for the stream
            self._trouble = error

    def reach(self, share: float) -> None:
        """Wait until so much of it is published: the middle of the stream, whatever the machine's speed."""
        until(lambda: len(self._sent) >= share * len(self.messages) or not self.is_alive(), "the stream", PATIENCE)

    def finish(self) -> None:
        """Wait until the broker has taken all of it."""
        self.join(2 * PATIENCE)
        if self._trouble is not None or self.is_alive():
            raise AssertionError(f"the stream did not end well: {self._trouble or 'it goes on'}")

    def give_up(self) -> None:
        """Publish no more."""
        self._over.set()

    @property
    def acknowledged(self) -> list[Known]:
        """What the broker has told us that it took."""
        return [each for each, info in zip(self.messages, self._sent, strict=False) if info._published]

    def _taken(self) -> bool:
        # Not is_published(): that raises for what was published while the broker was away and has been sent since.
        return all(info._published for info in reversed(self._sent))
