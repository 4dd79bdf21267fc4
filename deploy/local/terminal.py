"""What the person at the terminal is told: one line at a time, at once."""

import sys


def tell(line: str) -> None:
    """Write one line to the terminal and flush it, so that progress shows while we work."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
