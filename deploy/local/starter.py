"""Whether the `make` that started the room still wants it.

make stops its programs by hearing Ctrl-C together with them. A Ctrl-C sent to make alone (by a script, a
test, a service manager) only makes it wait for us, for ever; a killed make does not even do that. It shows:
on its way out make no longer catches the signal.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path


class Starter:
    """The parent process as it was when this was made."""

    def __init__(self) -> None:
        self._pid = os.getppid()
        self._is_make = _status(self._pid, "Name") in {"make", "gmake"}
        self._caught = self._catches_interrupt()

    def has_let_go(self) -> bool:
        """Whether make was told to stop, or is gone. Never so for any other parent: a shell may leave us running."""
        if not self._is_make:
            return False
        return os.getppid() != self._pid or (self._caught and not self._catches_interrupt())

    def _catches_interrupt(self) -> bool:
        mask = int(_status(self._pid, "SigCgt") or "0", 16)
        return bool(mask >> (signal.SIGINT - 1) & 1)


def _status(pid: int, field: str) -> str:
    """One field of the kernel's notes on a process; empty where there are none."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(f"{field}:")), "")
