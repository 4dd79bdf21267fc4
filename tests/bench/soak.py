"""One wall left on at 50 messages a second: does anything grow?

python -m tests.bench.soak [MINUTES]        (default 10)
"""

from __future__ import annotations

import subprocess
import sys
import time

from playwright.sync_api import CDPSession

from tests.bench.meter import resident_mb
from tests.bench.table import show
from tests.room import Room, open_wall

RATE = 50
SETTLED_AFTER = 120.0  # seconds: what grows after this is a leak
ALLOWED = 1.15  # the last third against the first settled third


def _heap_mb(cdp: CDPSession) -> float:
    cdp.send("HeapProfiler.collectGarbage")
    metrics = {m["name"]: m["value"] for m in cdp.send("Performance.getMetrics")["metrics"]}
    return float(metrics["JSHeapUsedSize"]) / 1e6


def main(minutes: float) -> int:
    """Sample every 20 s and compare the first settled third with the last; 1 when something grew."""
    samples: list[list[float]] = []
    with Room.start() as room, open_wall(room, "/wall/overview") as page:
        cdp = page.context.new_cdp_session(page)
        cdp.send("Performance.enable")
        city = subprocess.Popen(
            [sys.executable, "-m", "sensors.virtual_city", "--rate", str(RATE)],
            env=room.environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            start = time.monotonic()
            while (passed := time.monotonic() - start) < minutes * 60:
                page.wait_for_timeout(20_000)
                nodes = float(page.evaluate("document.getElementsByTagName('*').length"))
                samples.append(
                    [
                        passed + 20,
                        _heap_mb(cdp),
                        nodes,
                        resident_mb(room.pid("dashboard")),
                        resident_mb(room.pid("ingest")),
                    ]
                )
        finally:
            city.terminate()
            city.wait(10)
    show(
        "Soak: one wall",
        ["seconds", "heap MB", "DOM nodes", "dashboard MB", "ingest MB"],
        [[f"{s[0]:.0f}", *s[1:]] for s in samples],
    )
    settled = [s for s in samples if s[0] >= min(SETTLED_AFTER, minutes * 30)]
    third = max(1, len(settled) // 3)
    rows: list[list[object]] = []
    for i, name in enumerate(("heap MB", "DOM nodes", "dashboard MB", "ingest MB"), start=1):
        before = sum(s[i] for s in settled[:third]) / third
        after = sum(s[i] for s in settled[-third:]) / third
        rows.append([name, before, after, after / before, ALLOWED])
    show("After the first two minutes", ["what", "first third", "last third", "ratio", "allowed"], rows)
    return int(any(float(str(row[3])) > ALLOWED for row in rows))


if __name__ == "__main__":
    raise SystemExit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0))
