"""Publish -> DOM on one open wall in real Chromium, beside what the broker alone takes in the same run."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.bench.table import quantile, show
from tests.room import Room, open_wall

# (messages a second, seconds, the quantiles promised in ms)
LOADS = ((20.0, 30.0, {0.5: 60.0, 0.99: 150.0}), (200.0, 20.0, {0.99: 250.0}))

# Notes the moment at which the page shows a new value; the page's clock and ours are the machine's.
WATCH = """() => {
  window.benchSeen = [];
  const note = (element) => {
    if (element.dataset && element.dataset.reading)
      window.benchSeen.push([element.dataset.reading, Number(element.dataset.value), performance.timeOrigin + performance.now()]);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'attributes') note(change.target);
      for (const added of change.addedNodes)
        if (added.querySelectorAll) { note(added); added.querySelectorAll('[data-reading]').forEach(note); }
    }
  }).observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-value']});
}"""
SERIES = """() => [...new Set([...document.querySelectorAll('[data-panel]:not([data-panel="feeds"]) [data-reading$="/water_level"]')]
  .map((element) => element.dataset.reading))]"""


@dataclass(frozen=True, slots=True)
class Run:
    """Latencies in ms of every message published, and of the broker alone; `missed` never reached the page."""

    shown: list[float]
    alone: list[float]
    missed: int


def _measure(page: Page, room: Room, names: list[str], rate: float, seconds: float, first: float) -> Run:
    page.evaluate("window.benchSeen.length = 0")
    series = [[*name.split("/"), first, 0.5] for name in names]
    publisher = subprocess.run(
        [sys.executable, "-m", "tests.bench.publisher", room.mqtt_url, room.topic_root, str(rate), str(seconds)],
        input=json.dumps(series), capture_output=True, text=True, check=True,
    )  # fmt: skip
    result = json.loads(publisher.stdout)
    page.wait_for_timeout(1000)
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for name, value, at in page.evaluate("window.benchSeen"):
        if name in seen:
            seen[name].append((at, value))
    shown: list[float] = []
    missed = 0
    for number, value, at in result["sent"]:
        # A value passed over because a newer one of its series came first counts from the newer one's appearance.
        moments = [moment for moment, newest in seen[names[number]] if newest >= value and moment >= at * 1000 - 5]
        if moments:
            shown.append(min(moments) - at * 1000)
        else:
            missed += 1
    return Run(shown, [1000 * x for x in result["alone"]], missed)


def main() -> int:
    """Run every load on a fresh room, show the table; 1 when a promise is missed."""
    rows: list[list[object]] = []
    kept = True
    with Room.start() as room, open_wall(room, "/wall/overview") as page:
        page.wait_for_selector("[data-panel=rivers]")
        names = page.evaluate(SERIES)
        page.evaluate(WATCH)
        _measure(page, room, names, 20.0, 3.0, 1.0)  # warm-up, not counted
        for n, (rate, seconds, promises) in enumerate(LOADS):
            run = _measure(page, room, names, rate, seconds, 10.0 + 100 * n)
            for q in (0.5, 0.95, 0.99):
                here, alone, limit = quantile(run.shown, q), quantile(run.alone, q), promises.get(q)
                kept &= run.missed == 0 and (limit is None or here <= limit)
                rows.append([
                    f"{rate:.0f} msg/s p{q * 100:.0f}", len(run.shown), run.missed, here, alone, here / max(alone, 0.01),
                    limit or "-", here / limit if limit else "-",
                ])  # fmt: skip
    head = ["publish -> DOM", "messages", "missed", "ms", "broker alone ms", "ratio", "limit ms", "of limit"]
    show("Latency of one wall (Chromium), one room", head, rows)
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
