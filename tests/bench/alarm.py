"""Publish -> alarm over the whole wall in Chromium while all is calm, and the engine under load.

python -m tests.bench.alarm [calm] [load]        (both unless said)

Calm: a gauge is let rise to siaga 1 and fall again, one after the other, before one open wall. The clock is that of
`tests.bench.latency`. Load: a city of a thousand more stations with two rules each, 2 000 readings a second, and now
and then one of them beyond both bounds; what counts is the alarm that whoever listens to the database finds.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt
import psycopg
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NeverCame

from sensors.city import City, load_city
from tests.alarming import begin_engine, gauges, quick_pack
from tests.bench.crowd import STEADY, spoken
from tests.bench.meter import Meter
from tests.bench.table import PROMISES, all_kept, least, most, quantile, show
from tests.room import ROOT, Room, open_wall

ALARMS = 100
CALM = {0.5: 100.0, 0.99: 300.0}  # ms
WITHIN = 10_000  # ms until an alarm that has not come counts as missed
STATIONS, RATE, STEADY_WITHIN = 1000, 2000.0, 60.0
PROBES, EVERY = 100, 0.2  # readings beyond the bounds under load, and the seconds between two of them
LOADED, CORE = 1000.0, 50.0  # ms of the 95th, and percent of a core
LIKE = "air-pasir-jaya"  # the station of the pack that the thousand resemble
BEYOND = 300.0
WATCH = """() => {
  window.benchUp = [];
  const takeover = document.getElementById('takeover');
  takeover.dataset.apart = 0;   // as often as they come: here the way is measured, not the manners
  new MutationObserver(() => {
    if (takeover.dataset.alarm && takeover.getClientRects().length)
      window.benchUp.push([takeover.dataset.alarm, performance.timeOrigin + performance.now()]);
  }).observe(takeover, {attributeFilter: ['data-alarm', 'hidden']});
}"""
RULES = """
[[rules]]
key = "debu-{reach}"
kind = "threshold"
title = "Debu di atas {reach}"
priority = "medium"
agency = "dlh"
action = "Periksa stasiun."
valid_from = 2026-01-01
source = "tolok ukur"
sample = true
value_of = "pm25"
devices = ""
side = "above"
reach = {reach}
clear = {reach}
on_minutes = 0
off_minutes = 0
together = "device"
"""


@dataclass(frozen=True, slots=True)
class Mouth:
    """A device's connection to the broker."""

    client: mqtt.Client
    root: str

    def say(self, device: str, kind: str, value: float) -> tuple[datetime, float]:
        """Publish one reading; return its own time and when it left, epoch seconds."""
        at = datetime.now(UTC)
        body = json.dumps({"observed_at": at.isoformat(), "values": {kind: value}})
        left = time.time()
        self.client.publish(f"{self.root}/readings/{device}", body, qos=1)
        return at, left


@contextmanager
def speaking(room: Room) -> Iterator[Mouth]:
    """A connection for as long as it is open."""
    address = urlsplit(room.mqtt_url)
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.connect(address.hostname or "127.0.0.1", address.port or 1883)
    client.loop_start()
    try:
        yield Mouth(client, room.topic_root)
    finally:
        client.loop_stop()
        client.disconnect()


@dataclass
class Listening:
    """Notes when each alarm was first there for whoever hears of commits."""

    url: str
    seen: dict[tuple[str, datetime], float] = field(default_factory=dict)
    _ending: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Listen while it is open."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ending.set()
            thread.join()

    def _run(self) -> None:
        last = 0
        with psycopg.connect(self.url, autocommit=True) as ear, psycopg.connect(self.url, autocommit=True) as asking:
            ear.execute("LISTEN liveroom")
            while not self._ending.is_set():
                if any("alarms" in notice.payload for notice in ear.notifies(timeout=0.5, stop_after=1)):
                    rows = asking.execute("SELECT id, source, raised_at FROM alarms WHERE id > %s", (last,)).fetchall()
                    for ident, source, raised_at in rows:
                        last = max(last, ident)
                        self.seen.setdefault((source, raised_at), time.time())


@dataclass(frozen=True, slots=True)
class Calm:
    """ms from leaving to the alarm's row, and to the wall; `missed` never took it over."""

    stored: list[float]
    shown: list[float]
    missed: int


def _calm(room: Room, city: City, page: Page) -> Calm:
    found, listening = gauges(city), Listening(room.postgres.url)
    sent: dict[tuple[str, datetime], float] = {}
    shown: list[float] = []
    with listening.open(), speaking(room) as mouth:
        for number in range(ALARMS):
            gauge = found[number % len(found)]
            assert gauge.ladder
            page.evaluate("window.benchUp.length = 0")
            high = max(step.threshold for step in gauge.ladder.steps) + 1
            at, left = mouth.say(gauge.key, "water_level", high)
            sent[f"{gauge.key}/water_level", at] = left
            try:
                page.wait_for_selector("#takeover[data-alarm]", timeout=WITHIN)
                shown.append(page.evaluate("window.benchUp[0][1]") - 1000 * left)
            except NeverCame:
                pass
            mouth.say(gauge.key, "water_level", 0)
            page.wait_for_selector("#takeover", state="hidden", timeout=WITHIN)
            page.wait_for_timeout(60 + 7 * (number % 20))  # not in step with any beat
    stored = [1000 * (listening.seen[key] - left) for key, left in sent.items() if key in listening.seen]
    return Calm(stored, shown, ALARMS - len(shown))


@dataclass(frozen=True, slots=True)
class Loaded:
    """ms from leaving to the alarm's row; `missed` never came; percent of a core that the engine took; and pace."""

    stored: list[float]
    missed: int
    core: float
    pace: float


@contextmanager
def _crowded(room: Room) -> Iterator[None]:
    """All stations speak while this is open, begun when the worker keeps up; nobody looks at any page."""
    room.kill("dashboard")
    command = [sys.executable, "-m", "tests.bench.crowd", room.mqtt_url, room.topic_root, str(RATE)]
    crowd = subprocess.Popen(command, cwd=ROOT, env=dict(room.environment))
    try:
        deadline = time.monotonic() + STEADY_WITHIN  # a worker that does not keep up by then shows it in the figures
        while time.monotonic() < deadline and _pace(room) < STEADY * RATE:
            pass
        yield
    finally:
        crowd.terminate()
        crowd.wait(10)


def _pace(room: Room, seconds: float = 5) -> float:
    before, began = _committed(room), time.monotonic()
    time.sleep(seconds)
    return (_committed(room) - before) / (time.monotonic() - began)


def _committed(room: Room) -> float:
    with psycopg.connect(room.postgres.url) as connection:
        (found,) = connection.execute("SELECT coalesce(sum(messages), 0) FROM feeds").fetchone() or (0,)
    return float(found)


def _load(room: Room, stations: Sequence[str]) -> Loaded:
    listening = Listening(room.postgres.url)
    sent: dict[tuple[str, datetime], float] = {}
    with _crowded(room), listening.open(), speaking(room) as mouth, Meter(room.pid("alarms")) as meter:
        began, before = time.time(), _committed(room)
        for number in range(PROBES):
            device = stations[number * 7 % len(stations)]
            at, left = mouth.say(device, "pm25", BEYOND)
            sent[f"{device}/pm25", at] = left
            time.sleep(EVERY)
        core, _ = meter.share(began, time.time())
        pace = (_committed(room) - before) / (time.time() - began)
        time.sleep(3)
    stored = [1000 * (listening.seen[key] - left) for key, left in sent.items() if key in listening.seen]
    return Loaded(stored, len(sent) - len(stored), core, pace)


def large_pack(folder: Path) -> Path:
    """The pack with a thousand more stations, and two rules for every one that measures fine dust."""
    pack = quick_pack(folder)
    devices = pack / "devices.csv"
    (line,) = re.findall(rf"^{LIKE},.*$", devices.read_text(), re.MULTILINE)
    _, _, _, _, rest = line.split(",", 4)
    more = [f"{station},Stasiun {station},station,pm25,{rest}" for station in _stations()]
    devices.write_text("\n".join([devices.read_text().rstrip("\n"), *more, ""]))
    (pack / "alarms.toml").write_text("".join(RULES.format(reach=reach) for reach in (100, 200)))
    return pack


def _stations() -> list[str]:
    return [f"beban-{number:04d}" for number in range(STATIONS)]


def _row(name: str, waits: Sequence[float], missed: int) -> list[object]:
    return [name, len(waits), missed, *(quantile(waits, q) for q in (0.5, 0.95, 0.99)), max(waits)]


def main(parts: Sequence[str] = ("calm", "load")) -> int:
    """Run the parts, show two tables; 1 when a promise is missed."""
    rows: list[list[object]] = []
    promises: list[list[object]] = []
    with tempfile.TemporaryDirectory(prefix="pack-") as folder:
        if "calm" in parts:
            pack = str(quick_pack(Path(folder) / "calm"))
            with Room.start(city=pack) as room:
                begin_engine(room)
                spoken(room)
                with open_wall(room, "/wall/overview") as page:
                    page.evaluate(WATCH)
                    page.wait_for_timeout(2_000)
                    calm = _calm(room, load_city(pack), page)
            rows += [_row("calm, alarm committed", calm.stored, ALARMS - len(calm.stored))]
            rows += [_row("calm, over the wall", calm.shown, calm.missed)]
            promises += [most("calm, missed", calm.missed, 0)]
            promises += [most(f"calm, p{q * 100:.0f} ms", quantile(calm.shown, q), limit) for q, limit in CALM.items()]
        if "load" in parts:
            with Room.start(city=str(large_pack(Path(folder) / "load"))) as room:
                begin_engine(room)
                loaded = _load(room, _stations())
            rows += [_row(f"{RATE:.0f} msg/s, {STATIONS} stations, 2 rules", loaded.stored, loaded.missed)]
            promises += [
                least("load, messages committed/s", loaded.pace, STEADY * RATE),
                most("load, missed", loaded.missed, 0),
                most("load, p95 ms to the alarm", quantile(loaded.stored, 0.95), LOADED),
                most("load, engine, % of a core", loaded.core, CORE),
            ]
    head = ["publish -> alarm", "alarms", "missed", "p50 ms", "p95 ms", "p99 ms", "worst ms"]
    show(f"Alarms, load average {os.getloadavg()[0]:.1f}", head, rows)
    show("Promises", PROMISES, promises)
    return int(not all_kept(promises))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or ("calm", "load")))
