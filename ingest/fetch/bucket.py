"""How often we may ask, over all addresses: a bucket of tokens that fills slowly."""

from __future__ import annotations

import time
from collections.abc import Callable

A_MINUTE = 60
"""Requests that BMKG allows from one address in any minute, and we allow ourselves in all."""
BURST = 6
"""Requests that may come at once. What is refilled in a minute is that much less, so that no minute ever has more."""


class Bucket:
    """Begins nearly empty, so that restarting often is no way around it."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._a_second = (A_MINUTE - BURST) / 60
        self._tokens = 1.0
        self._filled_at = now()

    def take(self) -> float:
        """Take one token; the seconds to wait before it may be used."""
        now = self._now()
        self._tokens = min(float(BURST), self._tokens + (now - self._filled_at) * self._a_second)
        self._filled_at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._a_second)
