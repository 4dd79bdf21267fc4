"""What many displays cost one web process: raw event streams, displays that stop reading, and a page that polls.

python -m tests.bench.displays [--rounds 3] [--seconds 15] [--stall 60]

A message's latency is from its publishing to the whole frame that carries its value, at every display. The page that
polls asks `/api/v1/readings/latest` once a second in the same run: what it takes until it shows the same values.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from tests.bench.crowd import spoken
from tests.bench.meter import Meter, resident_mb
from tests.bench.polling import LEAST_RATIO, Polling
from tests.bench.publisher import Published, publish
from tests.bench.seats import Seats, seated
from tests.bench.table import PROMISES, all_kept, least, most, quantile, show
from tests.room import Room

SHOWN = "/water_level"  # readings of which the overview shows several
RATE, STEP = 10.0, 0.1  # messages a second; what each adds to its series: the gauges stay calm, and in their order
SETTLE = 2.0  # seconds for the last frames to arrive
CATCH_UP = 15.0  # seconds for stalled displays to read what the kernel held for them, through their narrow window
STALLED, STALLED_MB = 50, 5.0


@dataclass(frozen=True, slots=True)
class Load:
    """So many displays, and what is promised for them: p99 in ms and percent of one core."""

    displays: int
    p99: float | None = None
    cpu: float | None = None


LOADS = (Load(50), Load(200, 250, 25), Load(500, 500, 60))


@dataclass(frozen=True, slots=True)
class Run:
    """One round: latencies in ms of every message at every display, and what it took in percent."""

    pushed: list[float]
    polled: list[float]
    alone: list[float]
    missed: int
    push: float  # ms from the commit's notice to the frame handed out, mean, as the server itself counts it
    fan: float  # ms from the first display that has a frame to the last one, median of the frames
    frames: float  # a display and second
    kilobytes: float  # a display and second
    cpu: float  # of one core, by the web process
    audience: float  # of one core, by the displays
    busy: float  # of all cores, by everything


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


@dataclass(slots=True)
class Figures:
    """The rising values of the run: every stretch begins above the one before."""

    room: Room
    names: Sequence[str]
    next: float = 1.0

    def publish(self, seconds: float) -> Published:
        first, self.next = self.next, self.next + STEP * (RATE * seconds / len(self.names) + 1)
        return publish(self.room.mqtt_url, self.room.topic_root, self.names, RATE, seconds, round(first, 3), STEP)


def _shown(room: Room) -> list[str]:
    """The series of which the overview shows readings, as the first display that opens it finds them."""
    with seated(room, 1) as seats:
        [told] = seats.report()
    names = [name for name in told["readings"] if name.endswith(SHOWN)]
    if not names:
        raise LookupError(f"the overview shows no reading of {SHOWN}")
    return names


def _measure(room: Room, seats: Seats, figures: Figures, seconds: float) -> Run:
    seats.say("clear")
    before = sum(told["spent"] for told in seats.report())
    began = time.time()
    summed, counted = _pushes(room)
    with Meter(room.pid("dashboard")) as meter, Polling(room) as polling:
        published = figures.publish(seconds)
        time.sleep(SETTLE)
    summed_then, counted_then = _pushes(room)
    reports = seats.report()
    took = time.time() - began
    since, until = published.sent[0][2], published.sent[-1][2]
    cpu, busy = meter.share(since, until)
    waits = [wait for told in reports for wait in _waits(published, told)]
    polled = [wait for wait in published.waits(polling.seen) if wait is not None]
    displays = sum(len(told["seen"]) for told in reports)
    frames = sum(since <= at <= until for told in reports for seen in told["seen"] for _, at in seen)
    return Run(
        pushed=[wait for wait in waits if wait is not None],
        polled=polled,
        alone=[1000 * wait for wait in published.alone],
        missed=waits.count(None),
        push=1000 * (summed_then - summed) / max(1, counted_then - counted),
        fan=_fan(reports),
        frames=frames / displays / (until - since),
        kilobytes=sum(sum(told["read"]) for told in reports) / displays / took / 1e3,
        cpu=cpu,
        audience=100 * (sum(told["spent"] for told in reports) - before) / took,
        busy=busy,
    )


def _waits(published: Published, told: dict[str, Any]) -> Iterator[float | None]:
    """The wait of every message at every display of one process."""
    for waits in _at_each(published, told):
        yield from waits


def _at_each(published: Published, told: dict[str, Any]) -> Iterator[list[float | None]]:
    """The waits of every message, display by display."""
    for seen in told["seen"]:
        yield published.waits((name, value, at) for number, at in seen for name, value in told["frames"][number])


def _pushes(room: Room) -> tuple[float, float]:
    """How many seconds the server has taken for pushes so far, and for how many."""
    with urllib.request.urlopen(f"{room.url}/metrics", timeout=30) as answer:
        told = dict(line.rsplit(" ", 1) for line in answer.read().decode().splitlines() if not line.startswith("#"))
    return float(told["liveroom_push_seconds_sum"]), float(told["liveroom_push_seconds_count"])


def _fan(reports: Sequence[dict[str, Any]]) -> float:
    """How far apart the first and the last display get the same frame, ms: the median of the frames that all got."""
    times: dict[str, list[float]] = {}
    for told in reports:
        for seen in told["seen"]:
            for number, at in seen:
                times.setdefault(told["names"][number], []).append(at)
    displays = sum(len(told["seen"]) for told in reports)
    return median(1000 * (max(found) - min(found)) for found in times.values() if len(found) == displays)


def _stall(room: Room, figures: Figures, seconds: float) -> Stall:
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
    waits = [wait for [wait] in _at_each(Published(last, []), told) if wait is not None]
    late = max((last[0][2] + wait / 1000 - resumed for wait in waits), default=0.0)
    return Stall(before - fresh, growth, len(kept["seen"][0]), median(map(len, told["seen"])), len(waits), late)


def main(arguments: Sequence[str] = ()) -> int:
    """Run everything on a fresh room, show three tables; 1 when a promise is missed."""
    options = _options(arguments)
    with ExitStack() as stack:
        room = stack.enter_context(Room.start())
        spoken(room)
        figures = Figures(room, _shown(room))
        figures.publish(3)  # the first frames of a server's life load what they need
        stall = _stall(room, figures, options.stall)  # before the crowds: memory that they leave free would hide it
        found = {}
        for load in LOADS:
            with seated(room, load.displays) as seats:
                found[load] = [_measure(room, seats, figures, options.seconds) for _ in range(options.rounds)]
    _show(found, stall, options)
    return int(not all_kept(_promises(found, stall)))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.displays")
    parser.add_argument("--rounds", type=int, default=3, help="stretches for each number of displays; medians count")
    parser.add_argument("--seconds", type=float, default=15.0, help="length of each stretch")
    parser.add_argument("--stall", type=float, default=60.0, help="how long displays do not read, seconds")
    return parser.parse_args(arguments)


def _show(found: dict[Load, list[Run]], stall: Stall, options: argparse.Namespace) -> None:
    load_average = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    head = [
        *("displays", "missed", "frames/s", "kB/s each", "p50 ms", "p99 ms"),
        *("broker p50", "commit to frame", "first to last display"),
        *("web CPU %", "displays' CPU %", "machine busy %", "polled mean ms", "polled p99", "mean ratio", "p99 ratio"),
    ]
    show(
        f"Publish -> frame at every display, {RATE:.0f} messages/s; medians of {options.rounds} rounds of "
        f"{options.seconds:.0f} s; {os.cpu_count()} cores, load average {load_average}",
        head,
        [_row(load, runs) for load, runs in found.items()],
    )
    show(
        f"{STALLED} displays that stop reading for {options.stall:.0f} s",
        [
            "what",
            "frames pushed meanwhile",
            "frames each read after",
            "of them current again",
            "within s",
            "growth before MB",
            "growth MB",
        ],
        [["stalled", stall.pushed, stall.read, stall.back, stall.after, stall.reading, stall.growth]],
    )
    show("Promises", PROMISES, _promises(found, stall))


def _row(load: Load, runs: list[Run]) -> list[object]:
    polled, p99 = _ratios(runs)
    return [
        load.displays,
        sum(run.missed for run in runs),
        *(median(getattr(run, name) for run in runs) for name in ("frames", "kilobytes")),
        *(median(quantile(run.pushed, q) for run in runs) for q in (0.5, 0.99)),
        median(quantile(run.alone, 0.5) for run in runs),
        *(median(getattr(run, name) for run in runs) for name in ("push", "fan", "cpu", "audience", "busy")),
        median(mean(run.polled) for run in runs),
        median(quantile(run.polled, 0.99) for run in runs),
        polled,
        p99,
    ]


def _ratios(runs: list[Run]) -> tuple[float, float]:
    """How much later a page that polls shows the same: in the mean, and at p99."""
    return (
        median(mean(run.polled) / mean(run.pushed) for run in runs),
        median(quantile(run.polled, 0.99) / quantile(run.pushed, 0.99) for run in runs),
    )


def _promises(found: dict[Load, list[Run]], stall: Stall) -> list[list[object]]:
    rows: list[list[object]] = []
    for load, runs in found.items():
        missed = sum(run.missed for run in runs)
        rows.append(most(f"{load.displays} displays, messages missed", missed, 0))
        p99, cpu = median(quantile(run.pushed, 0.99) for run in runs), median(run.cpu for run in runs)
        rows += [most(f"{load.displays} displays, p99 ms", p99, load.p99)] if load.p99 else []
        rows += [most(f"{load.displays} displays, % of a core", cpu, load.cpu)] if load.cpu else []
        ratio, _ = _ratios(runs)
        rows.append(least(f"{load.displays} displays, polling slower by", ratio, LEAST_RATIO))
    rows.append(most(f"{STALLED} stalled, growth MB", stall.growth, STALLED_MB))
    rows.append(least(f"{STALLED} stalled, current again", stall.back, STALLED))
    return rows


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
