"""What the terminal tells of a running room: what ended and why, and when the room is ready."""

from __future__ import annotations

import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from deploy.local.supervision import Health, Supervision
from deploy.local.terminal import tell

#: A program the supervisor gave up gets another chance after this many seconds: the room never gives up for good.
AGAIN_AFTER = 15.0
#: How often a room that is not ready says what it waits for, in seconds.
SAY_EVERY = 15.0


class Watch:
    """Follows one room's programs and its readiness."""

    def __init__(self, supervision: Supervision, address: str) -> None:
        self.address = address
        self._supervision = supervision
        self._last: dict[str, Health] = {}
        self._again_at: dict[str, float] = {}
        self._said_at = time.monotonic()

    def look(self) -> None:
        """Tell what changed since the last look, and start again what the supervisor gave up.

        Raises `DeployError` when the supervisor is gone.
        """
        for now in self._supervision.health():
            before = self._last.get(now.name)
            if now.fails and (before is None or not before.fails or before.state != now.state):
                tell(f"{now.name}: berhenti ({now.why}), dinyalakan lagi. {self._supervision.last_words(now.name)}")
            elif before is not None and before.since and before.state == "RUNNING" and before.since != now.since:
                tell(f"{now.name}: berhenti dan dinyalakan lagi. {self._supervision.last_words(now.name)}")
            self._last[now.name] = now
            self._restart(now)

    def _restart(self, now: Health) -> None:
        if not now.gave_up:
            self._again_at.pop(now.name, None)
        elif time.monotonic() > self._again_at.setdefault(now.name, time.monotonic() + AGAIN_AFTER):
            del self._again_at[now.name]
            self._supervision.start(now.name)

    def is_ready(self) -> bool:
        """Whether the room says it is ready; now and then tells what it waits for."""
        try:
            with urlopen(f"{self.address}/readyz", timeout=2):  # noqa: S310 - our own http address
                return True
        except HTTPError as refused:
            self._say(refused.read(400).decode(errors="replace"))
        except (URLError, OSError):
            self._say("dasbor belum menjawab")
        return False

    def _say(self, why: str) -> None:
        if time.monotonic() - self._said_at > SAY_EVERY:
            self._said_at = time.monotonic()
            tell(f"Belum siap: {why}")
