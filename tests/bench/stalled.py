"""Displays that stop reading: what they cost the server, and whether they are current again when they read."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

from tests.bench.figures import Figures
from tests.bench.meter import resident_mb
from tests.bench.publisher import Published
from tests.bench.seats import at_each, seated
from tests.bench.table import least, most
from tests.room import Room

CATCH_UP = 15.0  # seconds for stalled displays to read what the kernel held for them, through their narrow window
STALLED, STALLED_MB = 50, 5.0
HEAD = (
    *("what", "frames pushed meanwhile", "frames each read after", "of them current again", "within s"),
    *("growth before MB", "growth MB"),
)


@dataclass(frozen=True, slots=True)
class Stall:
    """What displays that stopped reading cost, in MB; frames pushed meanwhile, and read by each one afterwards.

    Where fewer were read than pushed, the server has passed frames over: that is what keeps a stalled display cheap.
    `reading` is the growth while they read for as long just before; `back` displays showed the newest value again,
    the last of them so many seconds `after` they began to read.
    """

    reading: float
    growth: float
    pushed: int
    read: float
    back: int
    after: float


def stop_reading(room: Room, figures: Figures, seconds: float) -> Stall:
    """Let displays stop reading beside one that goes on; then let them read again."""
    web = room.pid("dashboard")
    with seated(room, STALLED, "narrow") as stalled, seated(room, 1) as reading:
        fresh = resident_mb(web)
        figures.publish(seconds)  # as long as they will not read: what grows now grows without them too
        stalled.say("clear")
        reading.say("clear")
        before = resident_mb(web)
        stalled.say("stall")
        published = figures.publish(seconds)
        growth = resident_mb(web) - before
        resumed = time.time()
        stalled.say("resume")
        time.sleep(CATCH_UP)
        [told], [kept] = stalled.report(), reading.report()
    last = published.sent[-1:]
    waits = [wait for [wait] in at_each(Published(last, []), told) if wait is not None]
    late = max((last[0][2] + wait / 1000 - resumed for wait in waits), default=0.0)
    return Stall(before - fresh, growth, len(kept["seen"][0]), median(map(len, told["seen"])), len(waits), late)


def row(stall: Stall) -> list[object]:
    """What the table says of it."""
    return ["stalled", stall.pushed, stall.read, stall.back, stall.after, stall.reading, stall.growth]


def promises(stall: Stall) -> list[list[object]]:
    """What is promised for it."""
    return [
        most(f"{STALLED} stalled, growth MB", stall.growth, STALLED_MB),
        least(f"{STALLED} stalled, current again", stall.back, STALLED),
    ]
