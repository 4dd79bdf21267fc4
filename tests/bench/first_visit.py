"""What a first visit to `/` costs in real Chromium, and what the next one does: time to all panels, bytes on the wire.

python -m tests.bench.first_visit [ROUNDS]        (default 5; each with an empty cache, then with the one it filled)

The event stream is left out of the bytes: it never ends. A visit is over when every slot of the page holds a drawn
panel and that has been painted. The first round of all is shown by itself: it also pays for what the server does once
in its life.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench.table import PROMISES, all_kept, most, show
from tests.room import CHROMIUM, FLAGS, ROOT, Room

ROUNDS = 5
FED_FOR = 20.0  # seconds until every panel has heard of its devices
FIRST_SECONDS, FIRST_MB, LATER_SECONDS = 3.0, 2.5, 1.0
LARGEST = 5
WITHIN = 60.0
# Looked at before every paint: ms since the navigation began. A panel that was never drawn has no body of its own name.
WATCH = """(() => {
  window.benchDrawn = 0;
  const live = () => {
    if (document.querySelector('#room[data-room="live"]')) window.benchLive = performance.now();
    else requestAnimationFrame(live);
  };
  requestAnimationFrame(live);
  const look = () => {
    const slots = [...document.querySelectorAll('#room [id^="slot-"]')];
    const drawn = slots.length > 0 && slots.every((slot) => slot.querySelector('[id^="panel-"][id$="-body"]'));
    if (drawn) window.benchDrawn = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
# When all panels were there and had been painted; 0 before.
SEEN = """() => {
  const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  return painted && window.benchLive && window.benchDrawn ? Math.max(painted, window.benchDrawn) : 0;
}"""
# When each step of the way was done, ms since the navigation began.
STEPS = """() => {
  const [start] = performance.getEntriesByType('navigation');
  return {
    "page": start.responseEnd,
    "first paint": performance.getEntriesByName('first-contentful-paint')[0].startTime,
    "scripts": start.domContentLoadedEventEnd,
    "live": window.benchLive,
  };
}"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: when each step was done and all panels drawn, ms; each answer's bytes on the wire, headers and all.

    The event stream never ends and is not in `files`: `picture` is what it brought as a picture of its own, in bytes;
    none where the page came with its pictures.
    """

    steps: dict[str, float]
    drawn: float
    files: dict[str, int]
    picture: int

    @property
    def megabytes(self) -> float:
        """All that came over the wire."""
        return sum(self.files.values()) / 1e6

    @property
    def fetched(self) -> int:
        """How many answers came over the wire: those that the browser had kept cost nothing."""
        return sum(size > 0 for size in self.files.values())


def _visit(context: BrowserContext, url: str) -> Visit:
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    paths: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def requested(event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    pictures: list[int] = []

    def told(event: dict[str, Any]) -> None:
        if event["eventName"] == "snapshot":
            pictures.append(len(event["data"].encode()))

    cdp.on("Network.eventSourceMessageReceived", told)
    cdp.on("Network.requestWillBeSent", requested)
    cdp.on("Network.loadingFinished", finished)
    cdp.send("Network.enable")
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load")
    deadline = time.monotonic() + WITHIN
    while not (drawn := page.evaluate(SEEN)):  # the page's policy lets nobody wait inside it
        if time.monotonic() > deadline:
            raise TimeoutError(f"{url} has not drawn all its panels within {WITHIN:.0f} s")
        page.wait_for_timeout(100)
    page.wait_for_timeout(500)  # what was still on its way belongs to the visit
    steps = page.evaluate(STEPS)
    page.close()
    files: dict[str, int] = {}
    for number in paths.keys() & sizes.keys():
        files[paths[number]] = files.get(paths[number], 0) + sizes[number]
    return Visit(steps, drawn, files, sum(pictures))


def _both(browser: Browser, url: str) -> tuple[Visit, Visit]:
    """A visit with an empty cache, then one with what it left there."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="id-ID", timezone_id="Asia/Jakarta")
    try:
        return _visit(context, url), _visit(context, url)
    finally:
        context.close()


@contextmanager
def _fed(room: Room) -> Iterator[None]:
    """Let the virtual city feed the room, so that pictures are as large as they are."""
    city = subprocess.Popen(
        [sys.executable, "-m", "sensors.virtual_city"],
        env=dict(room.environment),
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(FED_FOR)
        yield
    finally:
        city.terminate()
        city.wait(10)


def main(rounds: int = ROUNDS) -> int:
    """Visit again and again, show the tables; 1 when a promise is missed."""
    with Room.start() as room, _fed(room), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            after_start, *pairs = [_both(browser, room.url + "/") for _ in range(rounds + 1)]
        finally:
            browser.close()
    first, later = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    show(
        f"A visit to / in Chromium, medians of {rounds}, load average {os.getloadavg()[0]:.1f}",
        [
            "visit",
            *(f"{step} ms" for step in after_start[0].steps),
            "all panels ms",
            "fetched",
            "MB",
            "picture by stream kB",
        ],
        [_row("first of the server's life", [after_start[0]]), _row("first", first), _row("later", later)],
    )
    whole = first[-1].megabytes
    largest = sorted(first[-1].files.items(), key=lambda file: -file[1])[:LARGEST]
    show(
        "The largest files",
        ["file", "kB", "of all"],
        [[path, size / 1e3, size / 1e6 / whole] for path, size in largest],
    )
    promises = [
        most("first visit, s", median(visit.drawn for visit in first) / 1000, FIRST_SECONDS),
        most("first visit, MB", median(visit.megabytes for visit in first), FIRST_MB),
        most("later visit, s", median(visit.drawn for visit in later) / 1000, LATER_SECONDS),
    ]
    show("Promises", PROMISES, promises)
    return int(not all_kept(promises))


def _row(name: str, visits: Sequence[Visit]) -> list[object]:
    steps = [median(visit.steps[step] for visit in visits) for step in visits[0].steps]
    columns = ("drawn", "fetched", "megabytes")
    picture = median(visit.picture for visit in visits) / 1e3
    return [name, *steps, *(median(getattr(visit, column) for visit in visits) for column in columns), picture]


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:2])))
