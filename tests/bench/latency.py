"""Publish -> DOM on one open wall in real Chromium, beside what the broker alone takes in the same run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.bench.publisher import publish
from tests.bench.table import quantile, show
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


@dataclass(frozen=True, slots=True)
class Load:
    """A steady stream; `first` keeps its values above those of the load before it."""

    rate: float
    seconds: float
    first: float
    promised: dict[float, float]  # quantile -> ms


@dataclass(frozen=True, slots=True)
class Run:
    """Latencies in ms of every message published, and of the broker alone; `missed` never reached the page."""

    shown: list[float]
    alone: list[float]
    missed: int


WARM_UP = Load(20, 3, 1, {})
LOADS = (Load(20, 30, 20, {0.5: 60, 0.99: 150}), Load(200, 20, 120, {0.99: 250}))


def _measure(page: Page, room: Room, names: list[str], load: Load) -> Run:
    page.evaluate("window.benchSeen.length = 0")
    published = publish(room.mqtt_url, room.topic_root, names, load.rate, load.seconds, load.first)
    page.wait_for_timeout(1000)
    seen = [(name, value, at / 1000) for name, value, at in page.evaluate("window.benchSeen")]
    waits = published.waits(seen)
    shown = [wait for wait in waits if wait is not None]
    return Run(shown, [1000 * x for x in published.alone], waits.count(None))


def _rows(load: Load, run: Run) -> Iterator[list[object]]:
    for q in QUANTILES:
        here, alone, limit = quantile(run.shown, q), quantile(run.alone, q), load.promised.get(q)
        against = [f"{limit:.0f}", here / limit] if limit else ["-", "-"]
        name = f"{load.rate:.0f} msg/s p{q * 100:.0f}"
        yield [name, len(run.shown), run.missed, here, alone, here / max(alone, 0.01), *against]


def _kept(load: Load, run: Run) -> bool:
    return run.missed == 0 and all(quantile(run.shown, q) <= limit for q, limit in load.promised.items())


def main() -> int:
    """Run every load on a fresh room, show the table; 1 when a promise is missed."""
    with Room.start() as room, open_wall(room, "/wall/overview") as page:
        page.wait_for_selector("[data-panel=rivers]")
        names = page.evaluate(SERIES)
        page.evaluate(WATCH)
        _measure(page, room, names, WARM_UP)
        runs = [(load, _measure(page, room, names, load)) for load in LOADS]
    head = ["publish -> DOM", "messages", "missed", "ms", "broker alone ms", "ratio", "limit ms", "of limit"]
    show("Latency of one wall in Chromium", head, [row for load, run in runs for row in _rows(load, run)])
    return 0 if all(_kept(load, run) for load, run in runs) else 1


if __name__ == "__main__":
    raise SystemExit(main())
