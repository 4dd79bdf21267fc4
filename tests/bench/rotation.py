"""Eight hours of a turning wall, as fast as a browser turns: does anything grow?

python -m tests.bench.rotation [CHANGES]        (default 2400; a wall changes its picture some 700 times in eight hours)

A room filled with fourteen days and still fed, one wall with all scenes, and an arrow key for every turn. Heap is
measured after a forced collection. Writes the samples as a chart to docs/screenshots/soak-rotation.svg.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import CDPSession, Page

from tests.bench.table import show
from tests.room import ROOT, Room, open_wall
from tests.screenshots import DAYS, wait_for_backfill

CHART = ROOT / "docs" / "screenshots" / "soak-rotation.svg"
SAMPLES = 24
SETTLED = 0.2  # what comes before this share of the changes is the page filling up
ALLOWED = 1.05  # the last third against the first settled third
FEED_FOR = 20_000  # ms before the first turn, after a history that gives every panel something to show


@dataclass(frozen=True)
class Sample:
    """What one wall holds after so many changes of its picture."""

    changes: int
    heap_mb: float
    nodes: float
    listeners: float
    panels: Mapping[str, int]


NAMES = ("heap_mb", "nodes", "listeners")
WORDS = {"heap_mb": "heap after collection, MB", "nodes": "DOM nodes", "listeners": "event listeners"}


_BY_PANEL = """() => Object.fromEntries([...document.querySelectorAll("[data-panel]")]
    .map((panel) => [panel.dataset.panel, panel.querySelectorAll("*").length]))"""


def sample(page: Page, cdp: CDPSession, changes: int) -> Sample:
    """Collect garbage, then count."""
    cdp.send("HeapProfiler.collectGarbage")
    page.wait_for_timeout(200)
    cdp.send("HeapProfiler.collectGarbage")
    found = {each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]}
    return Sample(
        changes, found["JSHeapUsedSize"] / 1e6, found["Nodes"], found["JSEventListeners"], page.evaluate(_BY_PANEL)
    )


def turn(page: Page, changes: int) -> None:
    """Turn as people do, each picture painted before the next."""
    painted = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    for _ in range(changes):
        page.keyboard.press("ArrowRight")
        page.evaluate(painted)


def thirds(samples: Sequence[Sample], name: str) -> tuple[float, float]:
    """The middle of the first settled third and of the last."""
    settled = [each for each in samples if each.changes >= SETTLED * samples[-1].changes]
    third = max(1, len(settled) // 3)
    values = [getattr(each, name) for each in settled]
    return median(values[:third]), median(values[-third:])


def grown(samples: Sequence[Sample], fresh: Mapping[str, int]) -> list[list[object]]:
    """The panels whose elements grew in number most, from the first settled sample to the last, beside a `fresh` page.

    More of them than a page has that was opened just now is what stays behind; as many is what there is to show.
    """
    first = next(each for each in samples if each.changes >= SETTLED * samples[-1].changes).panels
    last = samples[-1].panels
    ordered = sorted(last, key=lambda panel: first.get(panel, 0) - last[panel])
    return [[panel, first.get(panel, 0), last[panel], fresh.get(panel, 0)] for panel in ordered[:5]]


def chart(samples: Sequence[Sample], seconds: float) -> str:
    """Three lines on a common ground: each as a share of its own first settled third."""
    wide, high, left, top = 900, 300, 60, 50
    colours = {"heap_mb": "#1f77b4", "nodes": "#2f8f4e", "listeners": "#b3541e"}
    last = samples[-1].changes

    def place(changes: int, share: float) -> str:
        return f"{left + changes / last * (wide - 2 * left):.1f},{top + (1.5 - share) * (high - 2 * top):.1f}"

    title = f"{last} changes of the picture in {seconds / 60:.0f} minutes, against the first settled third"
    drawn = [f'<text x="{left}" y="22" font-weight="600">{title}</text>']
    for share, words in ((1.05, "+5 %, the limit"), (1.0, "0 %"), (0.5, "−50 %"), (1.5, "+50 %")):
        drawn.append(
            f'<path d="M{place(0, share)} L{place(last, share)}" stroke="#c8ccd2" '
            f'stroke-dasharray="{"4 3" if share == ALLOWED else "none"}"/>'
            f'<text x="{left - 6}" y="{float(place(0, share).split(",")[1]) + 4 - (7 if share == ALLOWED else 0):.1f}" '
            f'text-anchor="end" fill="#555">{words.split(",")[0]}</text>'
        )
    for i, name in enumerate(NAMES):
        first, _ = thirds(samples, name)
        line = " ".join(place(each.changes, min(1.5, max(0.5, getattr(each, name) / first))) for each in samples)
        drawn.append(f'<polyline points="{line}" fill="none" stroke="{colours[name]}" stroke-width="2"/>')
        drawn.append(
            f'<text x="{left + i * 270}" y="{high - 12}" fill="{colours[name]}">{WORDS[name]}: {first:,.1f}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="13">'
        f'<rect width="{wide}" height="{high}" fill="#fff"/>{"".join(drawn)}</svg>\n'
    )


def main(changes: int) -> int:
    """Turn, sample, compare the first settled third with the last; 1 when something grew."""
    samples: list[Sample] = []
    command = [sys.executable, "-m", "sensors.virtual_city", "--backfill-days", str(DAYS)]
    with Room.start(virtual_city="1") as room:
        city = subprocess.Popen(command, env=dict(room.environment), cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            wait_for_backfill(room)
            with open_wall(room, "/wall") as page:
                cdp = page.context.new_cdp_session(page)
                cdp.send("Performance.enable")
                page.wait_for_timeout(FEED_FOR)
                start = time.monotonic()
                while not samples or samples[-1].changes < changes:
                    turn(page, changes // SAMPLES)
                    done = samples[-1].changes if samples else 0
                    samples.append(sample(page, cdp, done + changes // SAMPLES))
                    sys.stderr.write(f"\r{samples[-1].changes} of {changes} changes ")
                seconds = time.monotonic() - start
            with open_wall(room, "/wall") as page:
                page.wait_for_timeout(5000)
                fresh = page.evaluate(_BY_PANEL)
        finally:
            city.terminate()
            city.wait(10)
    CHART.write_text(chart(samples, seconds))
    show(
        f"Rotation: {samples[-1].changes} changes in {seconds:.0f} s",
        ["changes", *WORDS.values()],
        [[str(each.changes), *(getattr(each, name) for name in NAMES)] for each in samples],
    )
    rows: list[list[object]] = []
    for name in NAMES:
        before, after = thirds(samples, name)
        rows.append([WORDS[name], before, after, after / before, ALLOWED])
    show("After the first fifth", ["what", "first third", "last third", "ratio", "allowed"], rows)
    columns = ["panel", "then", "at the end", "on a page opened then"]
    show("Elements of the panels that grew most", columns, grown(samples, fresh))
    return int(any(float(str(row[3])) > ALLOWED for row in rows))


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2400))
