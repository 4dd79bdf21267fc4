"""What a process and the machine spend, read from /proc."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

TICK = os.sysconf("SC_CLK_TCK")
EVERY = 0.2  # seconds between two looks


def resident_mb(pid: int) -> float:
    """The memory a process holds, in MB; 0 when it is gone."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1e3
    return 0.0


def cpu_seconds(pid: int) -> float:
    """Seconds of one core a process has used: user and system time, of all its threads."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICK


def machine_seconds() -> float:
    """Seconds of one core that anything on this machine has used."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:])
    return (user + nice + system + irq + softirq) / TICK


class Meter:
    """Notes what one process and the whole machine use while it is open; `share` then tells any stretch of it."""

    def __init__(self, pid: int) -> None:
        """Look at the process with this id."""
        self._pid = pid
        self._looks: list[tuple[float, float, float]] = []
        self._end = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._looking.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._end.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._end.is_set():
            self._looks.append((time.time(), cpu_seconds(self._pid), machine_seconds()))
            self._end.wait(EVERY)

    def share(self, since: float, until: float) -> tuple[float, float]:
        """Percent of one core that the process took, and of all cores that the machine was busy, in this stretch."""
        inside = [look for look in self._looks if since <= look[0] <= until]
        if len(inside) < 2:
            raise ValueError("nothing was measured in this stretch")
        (begin, used, busy), (end, used_then, busy_then) = inside[0], inside[-1]
        took, cores = end - begin, os.cpu_count() or 1
        return 100 * (used_then - used) / took, 100 * (busy_then - busy) / took / cores
