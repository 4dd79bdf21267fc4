"""The map one can move with ten thousand open cases on it: how long a frame takes while somebody pans and zooms.

python -m tests.bench.map_points [POINTS]        (default 10000)

The peer is plotly's `scattermap` with the same points, clustered, on the same areas, in the same browser. Without a
graphics card Chromium draws in software (SwiftShader) on the processor, as a wall computer without a driver does: the
worst there is. The work of the page's own thread is told apart: a graphics card takes over everything but that.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt
import plotly
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from layouts.areas import areas_of
from sensors.city import City, load_city
from tests.bench.table import quantile, show
from tests.room import CHROMIUM, FLAGS, Room

POINTS = 10_000
WIDTH, HEIGHT = 1920, 1080
WITHIN = 120_000.0  # ms
SETTLED = 6_000  # ms until everything stands where it belongs
SPREAD = 0.012  # degrees around a kelurahan's point
SMOOTH_MS = 16.0
"""The most that the page's thread may work for one frame while the map moves: a frame of sixty a second."""
RECORD = """() => {
  window.benchFrames = []; window.benchGoing = true;
  let last = 0;
  const frame = (at) => {
    if (last) benchFrames.push(at - last);
    last = at;
    if (benchGoing) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""
COUNT = """() => [...document.querySelectorAll('#atlas-cases-rows > tr')]
  .reduce((sum, row) => sum + JSON.parse(row.dataset.dots || '[]').length, 0)"""
PEER = """<!DOCTYPE html><body style="margin:0;background:#0b1220">
<div id="map" style="width:1340px;height:860px"></div>
<script>{script}</script><script>
const [areas, points] = {data};
const ground = {id: 'ground', type: 'background', paint: {'background-color': '#0b1220'}};
Plotly.newPlot('map', [
  {type: 'choroplethmap', geojson: areas, featureidkey: 'properties.code', showscale: false,
   locations: areas.features.map((area) => area.properties.code), z: areas.features.map((area, i) => i % 6)},
  {type: 'scattermap', mode: 'markers', marker: {size: 10, color: '#e69f00'}, cluster: {enabled: true},
   lon: points.map((at) => at[0]), lat: points.map((at) => at[1])},
], {
  map: {style: {version: 8, sources: {}, layers: [ground]}, center: {lon: 106.65, lat: -6.18}, zoom: 11.3},
  margin: {l: 0, r: 0, t: 0, b: 0},
}, {scrollZoom: true});
</script>"""


@dataclass(frozen=True, slots=True)
class Course:
    """Frames in ms while something was done, and how long the page's thread worked in all, ms."""

    frames: Sequence[float]
    work: float

    @property
    def each(self) -> float:
        """The thread's work for one frame."""
        return self.work / max(1, len(self.frames))


def places(city: City, n: int) -> list[tuple[float, float, str]]:
    """`n` points around the kelurahan, the same in every run: longitude, latitude, code."""
    chance, codes = Random(7), list(city.subdistricts.values())
    around = [codes[i % len(codes)] for i in range(n)]
    return [(near(each.point.lon, chance), near(each.point.lat, chance), each.code) for each in around]


def near(degrees: float, chance: Random) -> float:
    """A little off, to five decimals."""
    return round(degrees + chance.uniform(-SPREAD, SPREAD), 5)


def publish(room: Room, points: Sequence[tuple[float, float, str]]) -> None:
    """Send every case as a service would, and wait until the broker has all of them."""
    address = urlsplit(room.mqtt_url)
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.max_queued_messages_set(0)
    client.connect(address.hostname or "127.0.0.1", address.port or 1883)
    client.loop_start()
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 600))
    last = None
    for number, (lon, lat, code) in enumerate(points):
        status = "menunggu" if number % 3 == 0 else "proses"
        body = {
            "case_id": f"BENCH-{number:06}",
            "status": status,
            "at": at,
            "category": "pju",
            "subdistrict": code,
            "lat": lat,
            "lon": lon,
        }
        last = client.publish(f"{room.topic_root}/cases/laksa", json.dumps(body), qos=1)
    if last is not None:
        last.wait_for_publish(WITHIN / 1000)
    client.loop_stop()
    client.disconnect()


def moved(page: Page, selector: str, do: Callable[[Page, float, float], None]) -> Course:
    """What frames and thread do while `do` moves the map."""
    box = page.locator(selector).first.bounding_box()
    if box is None:
        raise RuntimeError(f"{selector} is not to be seen")
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})  # what the thread did, not what it waited for
    before = _worked(cdp)
    page.evaluate(RECORD)
    do(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    frames = page.evaluate("() => { benchGoing = false; return benchFrames; }")
    return Course(frames, _worked(cdp) - before)


def _worked(cdp: CDPSession) -> float:
    found = {each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]}
    return float(found["TaskDuration"]) * 1000


def pan(page: Page, x: float, y: float) -> None:
    """Drag the map there and back, twice."""
    for turn in range(4):
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(30):
            page.mouse.move(x + (step * 8 if turn % 2 else -step * 8), y + (step % 15) * 5)
            page.wait_for_timeout(16)
        page.mouse.up()
        page.wait_for_timeout(500)


def zoom(page: Page, x: float, y: float) -> None:
    """Turn the wheel three levels in and out again."""
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    for way in (-1, 1):
        for _ in range(24):
            page.mouse.wheel(0, way * 60)
            page.wait_for_timeout(60)
        page.wait_for_timeout(500)
    page.keyboard.up("Control")


def _ours(browser: Browser, room: Room, n: int) -> dict[str, Course]:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="id-ID")
    page.goto(f"{room.url}/peta")
    page.wait_for_selector(".atlas-canvas[data-drawn]", timeout=WITHIN)
    deadline = time.monotonic() + WITHIN / 1000
    while (there := page.evaluate(COUNT)) < n:  # the page's policy lets nobody wait inside it
        if time.monotonic() > deadline:
            raise TimeoutError(f"{there} of {n} cases came to the map within {WITHIN / 1000:.0f} s")
        page.wait_for_timeout(500)
    page.wait_for_timeout(SETTLED)
    found = {name: moved(page, ".atlas-canvas canvas", do) for name, do in (("pan", pan), ("zoom", zoom))}
    page.close()
    return found


def _peer(browser: Browser, city: City, points: Sequence[tuple[float, float, str]]) -> dict[str, Course]:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    script = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8")
    areas = areas_of(city)
    areas["features"] = [each for each in areas["features"] if each["properties"]["level"] == 1]
    data = json.dumps([areas, [at[:2] for at in points]])
    page.set_content(PEER.replace("{script}", script.replace("</script", "<\\/script")).replace("{data}", data))
    page.wait_for_selector("#map canvas", timeout=WITHIN)
    page.wait_for_timeout(SETTLED)
    found = {name: moved(page, "#map", do) for name, do in (("pan", pan), ("zoom", zoom))}
    page.close()
    return found


def main(n: int = POINTS) -> int:
    """Fill the map, move it and the peer's; 1 when the page's thread works too long for a frame."""
    city = load_city("tangerang")
    points = places(city, n)
    with Room.start(virtual_city="0") as room, sync_playwright() as playwright:
        publish(room, points)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            ours, peer = _ours(browser, room, n), _peer(browser, city, points)
        finally:
            browser.close()
    show(
        f"The map with {n} cases, drawn in software at {WIDTH}x{HEIGHT}, load average {os.getloadavg()[0]:.1f}",
        ["map", "frames", "p50 ms", "p95 ms", "thread ms a frame"],
        [
            _row(f"{name}, {what}", course)
            for name, courses in (("ours", ours), ("plotly", peer))
            for what, course in courses.items()
        ],
    )
    promises = [_promise(f"thread for a frame, {what}, ms", course.each) for what, course in ours.items()]
    show("Promises", ["what", "figure", "limit", "of limit", "kept"], promises)
    return 0 if all(row[-1] == "yes" for row in promises) else 1


def _row(name: str, course: Course) -> list[object]:
    return [name, len(course.frames), *(quantile(course.frames, q) for q in (0.5, 0.95)), course.each]


def _promise(what: str, figure: float) -> list[object]:
    return [what, figure, SMOOTH_MS, figure / SMOOTH_MS, "yes" if figure <= SMOOTH_MS else "NO"]


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:2])))
