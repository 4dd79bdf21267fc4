"""The peer of the tables: a plain page that asks for the newest readings once a second."""

from __future__ import annotations

import http.client
import json
import threading
import time
from typing import Self

from tests.room import Room

POLLED = "/api/v1/readings/latest?kind=water_level"
POLL_EVERY = 1.0
LEAST_RATIO = 8.0
"""How many times later it must show the same, in the mean."""


class Polling:
    """A plain page that asks once a second; `seen` holds what it showed, from when on."""

    def __init__(self, room: Room) -> None:
        """Take the room to ask."""
        self.seen: list[tuple[str, float, float]] = []
        self._line = http.client.HTTPConnection("127.0.0.1", room.port, timeout=30)
        self._end = threading.Event()
        self._asking = threading.Thread(target=self._ask, daemon=True)

    def __enter__(self) -> Self:
        self._asking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._asking.join()
        self._line.close()

    def _ask(self) -> None:
        due = time.monotonic()
        while not self._end.is_set():
            self._line.request("GET", POLLED)
            items = json.loads(self._line.getresponse().read())["items"]
            at = time.time()
            self.seen += [(f"{item['device']}/{item['kind']}", float(item["value"]), at) for item in items]
            due += POLL_EVERY
            self._end.wait(max(0.0, due - time.monotonic()))
