"""Say every two seconds, and at once on a change, that this process lives and how it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from data.components import Component
from data.errors import DataError

EVERY_SECONDS = 2.0
_MOVING = frozenset({"queue", "behind", "clients", "held"})
State = Mapping[str, object]
_log = logging.getLogger(__name__)


class Heartbeat:
    """A thread that beats, and asks `state` and `metrics` at each beat.

    How much is waiting, or how many are there, is no change of state.
    """

    def __init__(self, component: Component, state: Callable[[], State], metrics: Callable[[], str]) -> None:
        self._component = component
        self._state = state
        self._metrics = metrics
        self._told: State | None = None
        self._hurry = threading.Event()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def hurry(self) -> None:
        """Something changed: beat now."""
        self._hurry.set()

    def stop(self, timeout: float = 2.0) -> None:
        """Beat once more, so that the last state is known, and end."""
        self._ending = True
        self._hurry.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ending:
            self._hurry.clear()
            self._beat()
            self._hurry.wait(EVERY_SECONDS)
        self._beat()
        self._component.close()

    def _beat(self) -> None:
        state = self._state()
        lasting = {key: value for key, value in state.items() if key not in _MOVING}
        try:
            self._component.beat(state, self._metrics(), changed=lasting != self._told)
            self._told = lasting
        except DataError as error:
            # The writer says aloud that the database is away; here it is only one beat missed.
            _log.debug("no heartbeat: %s", error)
            self._told = None
