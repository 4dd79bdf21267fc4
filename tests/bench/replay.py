"""The past in a browser: how soon a chosen moment is there, how smooth 600 times is, and what live walls feel of it.

python -m tests.bench.replay [MILLIONS]        (default 2: readings in the fortnight that was lived through)
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any
from urllib.parse import urlencode

import psycopg
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.displays import pushes
from tests.bench.past import live_through
from tests.bench.table import show
from tests.pack import CITY
from tests.room import CHROMIUM, FLAGS, ROOT, Room

PAGES = ("/wall/sungai", "/", "/wall/overview", "/pimpinan")
SEEKS, SEEK_LIMIT_MS = 30, 1000.0
FASTEST, PLAY_FOR = 600, 30.0
GAP_LIMIT_MS = 1000.0
COME_UP_MS = 2000.0  # what opening a page costs is `tests.bench.first_visit`'s to say
RATE = 20  # readings a second that are live meanwhile
BESIDE = 3
"""Replays at the greatest speed while the walls' pushes are measured."""
READY = '#room[data-why]:not([data-why="silent"])'
# The heartbeat follows the picture: when it is heard, every panel has been drawn; painted two frames later.
SEEK = """(at) => new Promise((done) => {
  const begun = performance.now();
  const heard = (event) => {
    if (Math.abs(Date.parse(event.detail.at) - at) > 999) return;
    document.removeEventListener('liveroom:beat', heard);
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
  };
  document.addEventListener('liveroom:beat', heard);
  window.liveroomReplay.go(at);
})"""
WATCH = """() => {
  window.seen = [];
  window.clocks = [];
  document.addEventListener('liveroom:beat', () => window.seen.push(performance.now()));
  setInterval(() => window.clocks.push(window.liveroomLive.now()), 100);
}"""
# A process that beat all along, so that the walls of the past are not grey.
_BEATS = """
INSERT INTO past.components_was (until, gone, name, instance, started_at, beat_at, state, metrics, version_since)
SELECT began, false, name, instance, began, began, state, '', began
FROM components, LATERAL (SELECT now() - interval '30 days' AS began) AS t WHERE name = 'ingest';
UPDATE past.kept SET since = now() - interval '30 days'
"""


def address(room: Room, path: str, back: timedelta, speed: int) -> str:
    """A page of the past."""
    at = (datetime.now(UTC) - back).isoformat(timespec="seconds")
    return f"{room.url}{path}?{urlencode({'at': at, 'speed': speed})}"


@contextmanager
def opened(browser: Browser, url: str) -> Iterator[Page]:
    """An open page, once its stream is there."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="id-ID")
    try:
        page.goto(url)
        page.wait_for_selector(READY, state="attached", timeout=30_000)
        yield page
    finally:
        page.close()


def seeks(browser: Browser, room: Room, path: str) -> list[float]:
    """How long it takes, in ms, until another moment is painted; moments of the whole fortnight."""
    chance = random.Random(path)
    found = []
    with opened(browser, address(room, path, timedelta(hours=1), 0)) as page:
        page.wait_for_timeout(COME_UP_MS)
        for _ in range(SEEKS):
            at = datetime.now(UTC) - timedelta(minutes=chance.randrange(5, 13 * 24 * 60))
            found.append(float(page.evaluate(SEEK, int(at.timestamp()) * 1000)))
            page.wait_for_timeout(300)
    return found


def play(browser: Browser, room: Room, path: str) -> tuple[float, float, float]:
    """Pictures a second, the longest gap between two in ms, and the longest step of the clock in replayed minutes."""
    with opened(browser, address(room, path, timedelta(days=5), FASTEST)) as page:
        page.wait_for_timeout(COME_UP_MS)
        page.evaluate(WATCH)
        page.wait_for_timeout(PLAY_FOR * 1000)
        seen, clocks = page.evaluate("[window.seen, window.clocks]")
    gaps = [after - before for before, after in pairwise(seen)]
    steps = [(after - before) / 60_000 for before, after in pairwise(clocks)]
    return len(gaps) / ((seen[-1] - seen[0]) / 1000), max(gaps), max(steps)


def pushed(room: Room, seconds: float) -> float:
    """The mean time of a push to the live walls over so many seconds, ms."""
    summed, counted = pushes(room)
    time.sleep(seconds)
    later, more = pushes(room)
    return 1000 * (later - summed) / max(1.0, more - counted)


def beside(browser: Browser, room: Room) -> tuple[float, float]:
    """The same alone, and beside replays at the greatest speed; one live wall is open all the time."""
    wall = browser.new_page()
    wall.goto(f"{room.url}/wall/overview")
    wall.wait_for_selector('#room[data-room="live"]', state="attached", timeout=30_000)
    time.sleep(5)
    alone = pushed(room, PLAY_FOR)
    replays = [browser.new_page() for _ in range(BESIDE)]
    for page in replays:
        page.goto(address(room, "/wall/sungai", timedelta(days=6), FASTEST))
    together = pushed(room, PLAY_FOR)
    for page in (*replays, wall):
        page.close()
    return alone, together


def main(millions: float = 2.0) -> int:
    """Live through a fortnight, then measure; 1 when a promise is missed."""
    with Room.start(virtual_city="0") as room:
        live_through(room.postgres.url, CITY, datetime.now(UTC), millions, 30_000)
        with psycopg.connect(room.postgres.url, autocommit=True) as session:
            for statement in _BEATS.split(";"):
                session.execute(statement)  # type: ignore[arg-type] # constants above
        command = [sys.executable, "-m", "sensors.virtual_city", "--rate", str(RATE)]
        city = subprocess.Popen(command, env=dict(room.environment), cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
                found = {path: (seeks(browser, room, path), play(browser, room, path)) for path in PAGES}
                alone, together = beside(browser, room)
                browser.close()
        finally:
            city.terminate()
            city.wait(10)
    return _show(found, alone, together)


def _show(found: dict[str, tuple[list[float], tuple[float, float, float]]], alone: float, together: float) -> int:
    rows: list[list[Any]] = []
    for path, (times, (rate, gap, step)) in found.items():
        kept = "yes" if max(times) <= SEEK_LIMIT_MS and gap <= GAP_LIMIT_MS else "NO"
        rows.append([path, median(times), max(times), rate, gap, step, kept])
    heads = ["page", "seek p50, ms", "max", "pictures/s at 600x", "longest gap, ms", "clock step, min", "kept"]
    show(f"The past: {SEEKS} seeks, limit {SEEK_LIMIT_MS:.0f} ms; {PLAY_FOR:.0f} s at {FASTEST}x", heads, rows)
    show("A push to live walls, ms", ["alone", f"beside {BESIDE} replays at {FASTEST}x"], [[alone, together]])
    return int(any(row[-1] == "NO" for row in rows))


if __name__ == "__main__":
    raise SystemExit(main(*map(float, sys.argv[1:2])))
