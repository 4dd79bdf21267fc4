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
from tests.bench.figures import RATE, Figures
from tests.bench.meter import Meter
from tests.bench.polling import LEAST_RATIO, Polling
from tests.bench.publisher import Published
from tests.bench.seats import Seats, at_each, seated, shown
from tests.bench.stalled import HEAD, STALLED, Stall, promises, row, stop_reading
from tests.bench.table import PROMISES, all_kept, least, most, quantile, show
from tests.room import Room

SETTLE = 2.0  # seconds for the last frames to arrive


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


def _measure(room: Room, seats: Seats, figures: Figures, seconds: float) -> Run:
    seats.say("clear")
    before = sum(told["spent"] for told in seats.report())
    began = time.time()
    summed, counted = pushes(room)
    with Meter(room.pid("dashboard")) as meter, Polling(room) as polling:
        published = figures.publish(seconds)
        time.sleep(SETTLE)
    summed_then, counted_then = pushes(room)
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
    for waits in at_each(published, told):
        yield from waits


def pushes(room: Room) -> tuple[float, float]:
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


def main(arguments: Sequence[str] = ()) -> int:
    """Run everything on a fresh room, show three tables; 1 when a promise is missed."""
    options = _options(arguments)
    with ExitStack() as stack:
        room = stack.enter_context(Room.start())
        spoken(room)
        figures = Figures(room, shown(room))
        figures.publish(3)  # the first frames of a server's life load what they need
        stall = stop_reading(
            room, figures, options.stall
        )  # before the crowds: memory that they leave free would hide it
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
    show(f"{STALLED} displays that stop reading for {options.stall:.0f} s", HEAD, [row(stall)])
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
    return [*rows, *promises(stall)]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
