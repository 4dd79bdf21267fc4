"""What the terminal tells of a running room: what ended and why, and when the room is ready."""

from __future__ import annotations

import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from deploy.local.supervision import Health, Supervision
from deploy.local.terminal import tell

#: A program the supervisor gave up gets another chance after this many seconds: the room never gives up for good.
AGAIN_AFTER = 15.0
#: At most this often, in seconds, the same trouble is told.
SAY_EVERY = 15.0


class Watch:
    """Follows one room's programs and its readiness."""

    def __init__(self, supervision: Supervision, address: str) -> None:
        self.address = address
        self._supervision = supervision
        self._last: dict[str, Health] = {}
        self._again_at: dict[str, float] = {}
        # Not being ready is no news in the first seconds.
        self._said_at = {"ready": time.monotonic()}

    def look(self) -> None:
        """Tell what changed since the last look, and start again what the supervisor gave up.

        Raises `DeployError` when the supervisor is gone.
        """
        for now in self._supervision.health():
            before = self._last.get(now.name)
            if now.fails or (before is not None and 0 < before.since < now.since and before.state == "RUNNING"):
                self._say(now.name, f"{now.name}: berhenti, dinyalakan lagi. {self._supervision.last_words(now.name)}")
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
            self._say("ready", f"Belum siap: {refused.read(400).decode(errors='replace')}")
        except (URLError, OSError):
            self._say("ready", "Belum siap: dasbor belum menjawab")
        return False

    def _say(self, about: str, line: str) -> None:
        """Tell a line, unless one about the same was told a moment ago."""
        if time.monotonic() - self._said_at.get(about, 0.0) > SAY_EVERY:
            self._said_at[about] = time.monotonic()
            tell(line)
