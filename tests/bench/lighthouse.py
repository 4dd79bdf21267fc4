"""What Lighthouse says of the desk pages: desktop preset, performance and accessibility.

python -m tests.bench.lighthouse [PATH …]        (default: the overview, and one page of each path of the desk)

A tool of the bench only: npm fetches it once into the state folder. Without node there is nothing to run it, and one
line says so.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from layouts.pages import PAGES
from sensors.city import City, load_city
from tests.bench.crowd import spoken
from tests.bench.table import PROMISES, all_kept, least, show
from tests.room import CHROMIUM, ROOT, Room

PACKAGE = "lighthouse@12.8.2"  # the newest for the node of Debian
FOLDER = ROOT / ".runtime" / "lighthouse"
PROMISED = {"performance": 90, "accessibility": 95}
ROUNDS = 3  # a page that is loaded once may be loaded at a bad moment
NAMED = re.compile(r"\{(\w+)\}")
FIGURES = {
    "first paint s": "first-contentful-paint",
    "largest paint s": "largest-contentful-paint",
    "blocked ms": "total-blocking-time",
    "shift": "cumulative-layout-shift",
    "kB": "total-byte-weight",
}
SCALE = {"first paint s": 1e3, "largest paint s": 1e3, "kB": 1e3}


def desk_pages(city: City) -> Iterator[str]:
    """An address for the overview and for every desk page, with the pack's first choice in each brace."""
    first = {"district": next(iter(city.districts))}
    yield "/"
    for page in PAGES.values():
        if set(page.named) <= first.keys():
            yield NAMED.sub(lambda name: first[name[1]], page.path)


def main(paths: Sequence[str] = ()) -> int:
    """Run it on every page of a fresh room whose city has spoken; 1 when a promise is missed."""
    program = _program()
    if isinstance(program, str):
        sys.stdout.write(f"lighthouse: {program}\n")
        return 0
    with Room.start() as room:
        spoken(room)
        found = {
            path: [_look(program, room.url + path) for _ in range(ROUNDS)]
            for path in paths or list(desk_pages(load_city("tangerang")))
        }
    rows = [
        [path, *(median(each[name] for each in told) for name in (*PROMISED, *FIGURES))] for path, told in found.items()
    ]
    show(f"{PACKAGE}, desktop preset, medians of {ROUNDS}", ["page", *PROMISED, *FIGURES], rows)
    promises = [
        least(f"{path}, {name}", median(each[name] for each in told), limit)
        for path, told in found.items()
        for name, limit in PROMISED.items()
    ]
    show("Promises", PROMISES, promises)
    return int(not all_kept(promises))


def _program() -> Path | str:
    """Where the program is, fetched if need be; else why it cannot be had."""
    program = FOLDER / "node_modules" / ".bin" / "lighthouse"
    if not shutil.which("node"):
        return "left out, for there is no node here"
    if not program.exists():
        npm = shutil.which("npm")
        if npm is None:
            return "left out, for there is no npm here"
        FOLDER.mkdir(parents=True, exist_ok=True)
        fetched = subprocess.run(
            [npm, "install", "--prefix", str(FOLDER), "--no-audit", "--no-fund", PACKAGE],
            capture_output=True,
            check=False,
        )
        if fetched.returncode:
            return f"left out, for npm could not fetch {PACKAGE}"
    return program


def _look(program: Path, url: str) -> Mapping[str, float]:
    """One look at a page."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        command = [str(program), url, "--preset=desktop", "--output=json", f"--output-path={told}", "--quiet",
                   f"--only-categories={','.join(PROMISED)}", "--chrome-flags=--headless=new --no-sandbox"]  # fmt: skip
        subprocess.run(command, env={**os.environ, "CHROME_PATH": CHROMIUM}, check=True, capture_output=True)
        report: dict[str, Any] = json.loads(told.read_text())
    scores = {name: 100 * report["categories"][name]["score"] for name in PROMISED}
    return scores | {
        name: report["audits"][audit]["numericValue"] / SCALE.get(name, 1) for name, audit in FIGURES.items()
    }


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
