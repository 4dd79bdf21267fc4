"""Displays in processes of their own, so that they cost little beside the server that they measure."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.publisher import Published
from tests.room import Room

ADDRESS = "/live?scene=overview&measure=keluhan"
SHOWN = "/water_level"  # readings of which the overview shows several
SEAT = 250  # displays that one process can hold without being the bottleneck


class Seats:
    """Displays in processes of their own."""

    def __init__(self, room: Room, displays: int, *words: str) -> None:
        """Start them; `words` as `tests.bench.audience` takes them."""
        parts = -(-displays // SEAT)
        shares = [displays // parts + (number < displays % parts) for number in range(parts)]
        command = [sys.executable, "-m", "tests.bench.audience", room.url + ADDRESS]
        self.processes = [
            subprocess.Popen([*command, str(n), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for n in shares
        ]

    def hear(self) -> list[str]:
        """One line of each."""
        lines = [process.stdout.readline() for process in self.processes if process.stdout]
        if not all(lines):
            raise ConnectionError("a process that holds displays has ended")
        return lines

    def say(self, word: str) -> list[str]:
        """Tell all a word, and wait for their answers."""
        for process in self.processes:
            if process.stdin:
                process.stdin.write(f"{word}\n")
                process.stdin.flush()
        return self.hear()

    def report(self) -> list[dict[str, Any]]:
        """What each noted."""
        return [json.loads(line) for line in self.say("report")]

    def end(self) -> None:
        """End them all."""
        for process in self.processes:
            process.communicate("end\n", 10)


@contextmanager
def seated(room: Room, displays: int, *words: str) -> Iterator[Seats]:
    """So many displays with their first picture."""
    seats = Seats(room, displays, *words)
    try:
        seats.hear()
        yield seats
    finally:
        seats.end()


def shown(room: Room) -> list[str]:
    """The series of which the overview shows readings, as the first display that opens it finds them."""
    with seated(room, 1) as seats:
        [told] = seats.report()
    names = [name for name in told["readings"] if name.endswith(SHOWN)]
    if not names:
        raise LookupError(f"the overview shows no reading of {SHOWN}")
    return names


def at_each(published: Published, told: dict[str, Any]) -> Iterator[list[float | None]]:
    """The waits of every message, display by display."""
    for seen in told["seen"]:
        yield published.waits((name, value, at) for number, at in seen for name, value in told["frames"][number])
