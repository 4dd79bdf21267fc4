"""What the person at the terminal is told: one line at a time, at once."""

from __future__ import annotations

import sys
from pathlib import Path


def tell(line: str) -> None:
    """Write one line to the terminal and flush it, so that progress shows while we work."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def last_line(log: Path) -> str:
    """The last line of a log that says something."""
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else []
    return next((line for line in reversed(lines) if line.strip()), f"nothing in {log}")
