"""`make screenshots`: the pictures in docs/, taken of a room that the virtual city has fed for fourteen days."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from sensors.virtual_city.daytime import DAY
from sensors.virtual_city.state import recall
from tests.looking import faults
from tests.pack import OVERVIEW, SCENES
from tests.room import BESIDE, ROOT, Room, open_wall

TARGET = ROOT / "docs" / "screenshots"
# name -> CSS width, CSS height, device pixels per CSS pixel: a 4K wall is the same picture, twice as fine.
DESKS = {
    "pimpinan": "/pimpinan", "serah-terima": "/serah-terima", "kejadian": "/kejadian", "aduan": "/aduan",
    "opd": "/opd", "wilayah": "/wilayah", "kecamatan": "/wilayah/36.71.08",
    "kelurahan": "/kelurahan/36.71.08.1001", "sungai": "/sungai/gauge-pintu-air-10", "udara": "/udara",
    "harga": "/harga/beras-medium", "perangkat": "/perangkat", "peta": "/peta",
}  # fmt: skip
SCREENS = {
    "2x2-8m": ("/wall/sungai?distance=8&diagonal=55&tiles=2x2", "1920x1080"),
    "portrait": ("/wall/overview", "1080x1920"),
}
PAST = {"wall": ("/wall/sungai", "1920x1080"), "desk": ("/", "1366x768")}
SIZES = {
    "1920x1080": (1920, 1080, 1.0),
    "3840x2160": (1920, 1080, 2.0),
    "1366x768": (1366, 768, 1.0),
    "1080x1920": (1080, 1920, 1.0),
}
SHOWN = ("1920x1080", "3840x2160", "1366x768")  # of the overview
DAYS = 14
BACKFILL_WITHIN = 1200.0
SEED = 1  # what the virtual city takes where nothing is said
LIVE_FOR = 40.0  # seconds of live feed before the first picture: every trend has been asked again


def wait_for_backfill(room: Room) -> None:
    """Wait until the virtual city has noted that all of its history is out; it goes back block by block."""
    deadline = time.monotonic() + BACKFILL_WITHIN
    while (memory := recall(room.folder / "state", SEED)) is None or memory.until - memory.since < DAYS * DAY:
        if time.monotonic() > deadline:
            raise TimeoutError(f"the virtual city did not finish its history within {BACKFILL_WITHIN:.0f} s")
        time.sleep(0.5)


def take(room: Room, path: str, name: str, folder: Path, sizes: Iterable[str]) -> None:
    """Take one page at these sizes into `folder`, and say what is wrong with each picture."""
    for size in sizes:
        width, height, scale = SIZES[size]
        with open_wall(room, path, width, height, scale) as page:
            page.wait_for_timeout(4_000)  # the map draws its first frames
            page.evaluate("document.getElementById('room').classList.remove('dimmed')")  # by day at any hour
            # As PNG a wall is half a megabyte, a 4K wall over one: only the overview, shown by the README, is worth it.
            small = scale > 1 or OVERVIEW.key not in name
            picture = folder / f"{name}-{size}.{'jpg' if small else 'png'}"
            page.screenshot(path=picture, quality=80 if small else None)
            sys.stdout.write("\n  ".join([picture.name, *faults(page)]) + "\n")


def main(folder: Path) -> None:
    """Start a room, let it fill, take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with Room.start(virtual_city="1") as room:
        city = subprocess.Popen(
            [sys.executable, "-m", "sensors.virtual_city", "--backfill-days", str(DAYS)],
            env=dict(room.environment),
            cwd=ROOT,
        )
        try:
            wait_for_backfill(room)
            for name in BESIDE:
                room.begin(name)
            time.sleep(LIVE_FOR)
            take(room, "/", "overview", folder, ["1920x1080"])
            for scene in SCENES:
                take(room, f"/wall/{scene}", f"wall-{scene}", folder, SHOWN if scene == OVERVIEW.key else ["1920x1080"])
            for name, (path, size) in SCREENS.items():
                take(room, path, f"screen-{name}", folder, [size])
            for name, path in DESKS.items():
                take(room, path, f"desk-{name}", folder, ["1366x768"])
            for name, (path, size) in PAST.items():
                at = (datetime.now(UTC) - timedelta(seconds=20)).isoformat(timespec="seconds")
                take(room, f"{path}?{urlencode({'at': at, 'speed': 0})}", f"replay-{name}", folder, [size])
        finally:
            city.terminate()
            city.wait(10)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
