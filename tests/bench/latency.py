"""Publish -> DOM on one open wall in real Chromium, beside the broker alone and a page that polls, in the same run.

The last load is published while the rest of the city sends 5 000 readings a second: all of them are committed, and the
wall shows them too.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from statistics import mean

from playwright.sync_api import Page

from tests.bench.crowd import STEADY, committed, ingesting, spoken
from tests.bench.polling import LEAST_RATIO, Polling
from tests.bench.publisher import publish
from tests.bench.table import PROMISES, all_kept, least, most, quantile, show
from tests.room import Room, open_wall

# Notes the moment at which the page shows a new value; the page's clock and ours are the machine's.
WATCH = """() => {
  window.benchSeen = [];
  const note = (element) => {
    if (!element.dataset || !element.dataset.reading) return;
    const at = performance.timeOrigin + performance.now();
    window.benchSeen.push([element.dataset.reading, Number(element.dataset.value), at]);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'attributes') note(change.target);
      for (const added of change.addedNodes)
        if (added.querySelectorAll) { note(added); added.querySelectorAll('[data-reading]').forEach(note); }
    }
  }).observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-value']});
}"""
SERIES = """() => [...new Set([...document.querySelectorAll('[data-panel=rivers] [data-reading$="/water_level"]')]
  .map((element) => element.dataset.reading))]"""
QUANTILES = (0.5, 0.95, 0.99)
KIND = "water_level"
FIRST, STEP = (
    1.0,
    0.05,
)  # where values begin, and what each message adds to its series: the gauges stay calm, and in their order


@dataclass(frozen=True, slots=True)
class Load:
    """A steady stream, and what is promised for it (quantile -> ms); `beside` readings a second come from others."""

    rate: float
    seconds: float
    promised: dict[float, float]
    beside: float = 0.0

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"{self.rate:.0f} msg/s" + (f" beside {self.beside:.0f}" if self.beside else "")


@dataclass(frozen=True, slots=True)
class Run:
    """Latencies in ms of every message published, of the broker alone, and of the page that polls.

    `missed` never reached the page; `committed` is what the room took in a second meanwhile.
    """

    shown: list[float]
    alone: list[float]
    polled: list[float]
    missed: int
    committed: float


WARM_UP = Load(20, 3, {})
LOADS = (
    Load(20, 30, {0.5: 50, 0.99: 100}),
    Load(200, 20, {0.99: 150}),
    Load(20, 30, {0.5: 150, 0.99: 500}, beside=5000),
)


def _measure(page: Page, room: Room, names: list[str], load: Load, first: float) -> Run:
    with ingesting(room, load.beside, KIND) if load.beside else nullcontext():
        page.evaluate("window.benchSeen.length = 0")
        before, began = committed(room), time.monotonic()
        with Polling(room) as polling:
            published = publish(room.mqtt_url, room.topic_root, names, load.rate, load.seconds, first, STEP)
            page.wait_for_timeout(1000)
        pace = (committed(room) - before) / (time.monotonic() - began)
    seen = [(name, value, at / 1000) for name, value, at in page.evaluate("window.benchSeen")]
    waits = published.waits(seen)
    return Run(
        shown=[wait for wait in waits if wait is not None],
        alone=[1000 * wait for wait in published.alone],
        polled=[wait for wait in published.waits(polling.seen) if wait is not None],
        missed=waits.count(None),
        committed=pace,
    )


def _row(load: Load, run: Run) -> list[object]:
    here, broker = ([quantile(waits, q) for q in QUANTILES] for waits in (run.shown, run.alone))
    slower = mean(run.polled) / mean(run.shown)
    head = [load.name, len(run.shown), run.missed, run.committed]
    return [*head, *here, mean(run.shown), broker[0], broker[-1], mean(run.polled), slower]


def _promises(load: Load, run: Run) -> Iterator[list[object]]:
    yield most(f"{load.name}, messages missed", run.missed, 0)
    for q, limit in load.promised.items():
        yield most(f"{load.name}, p{q * 100:.0f} ms", quantile(run.shown, q), limit)
    if load.beside:
        yield least(f"{load.name}, committed/s", run.committed, STEADY * load.beside)
    else:
        yield least(f"{load.name}, polling slower by", mean(run.polled) / mean(run.shown), LEAST_RATIO)


def main() -> int:
    """Run every load on a fresh room whose city has spoken, show two tables; 1 when a promise is missed."""
    with Room.start() as room:
        spoken(room)
        with open_wall(room, "/wall/overview") as page:
            page.wait_for_selector("[data-panel=rivers]")
            names = page.evaluate(SERIES)
            page.evaluate(WATCH)
            first, runs = FIRST, []
            for load in (WARM_UP, *LOADS):
                runs.append((load, _measure(page, room, names, load, round(first, 3))))
                first += STEP * (load.rate * load.seconds / len(names) + 1)
    measured = runs[1:]
    head = ["publish -> DOM", "messages", "missed", "committed/s", *(f"p{q * 100:.0f} ms" for q in QUANTILES)]
    head += ["mean ms", "broker alone p50", "p99", "polled mean ms", "ratio"]
    title = f"Latency of one wall in Chromium, load average {os.getloadavg()[0]:.1f}"
    show(title, head, [_row(load, run) for load, run in measured])
    promises = [row for load, run in measured for row in _promises(load, run)]
    show("Promises", PROMISES, promises)
    return int(not all_kept(promises))


if __name__ == "__main__":
    raise SystemExit(main())
