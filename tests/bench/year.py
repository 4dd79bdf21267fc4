"""Every page's questions over a year of history and over one week of it, asked in turn in one run.

python -m tests.bench.year [MILLIONS]        (default 20: readings in the year; the week holds as many a day)
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from data.migrations import migrate
from data.store import Store
from layouts.scenes import SCENES
from sensors.city import City, load_city
from tests import servers
from tests.bench.history import Past, fill, series_of
from tests.bench.table import show

WEEK, YEAR = 7, 365
MILLION = 1_000_000
MILLIONS = 20.0  # readings in the year
ROUNDS = 15
LIMIT_MS = 150.0
LIMIT_RATIO = 2.0
TOO_SHORT_MS = 2.0  # below this a ratio is noise


@dataclass(frozen=True, slots=True)
class Times:
    """Medians in ms of one question over a week and over a year of history."""

    week: float
    year: float

    @property
    def ratio(self) -> float:
        """How much longer the year takes."""
        return self.year / max(self.week, 0.01)

    @property
    def kept(self) -> bool:
        """Whether it keeps both promises."""
        return self.year <= LIMIT_MS and (self.ratio <= LIMIT_RATIO or self.year <= TOO_SHORT_MS)


def questions_of(scene: str) -> list[str]:
    """The distinct questions of a page, in the order of its panels."""
    panels = SCENES[scene].panels
    return list(dict.fromkeys(question.name for panel in panels for question in panel.questions))


def _params(city: City, now: datetime) -> dict[str, Any]:
    return {
        "devices": list(city.devices),
        "markets": list(city.markets),
        "service": next(iter(city.services)),
        "zone": city.zone.key,
        "now": now,
    }


async def _measure(stores: Mapping[int, Store], names: list[str], params: dict[str, Any]) -> dict[str, Times]:
    found: dict[tuple[str, int], list[float]] = {(name, days): [] for name in names for days in stores}
    for number in range(ROUNDS + 1):
        for name in names:
            for days, store in stores.items():
                began = time.perf_counter()
                await store.ask(name, params)
                if number:  # the first round warms the caches and makes the plans
                    found[name, days].append(1000 * (time.perf_counter() - began))
    return {name: Times(median(found[name, WEEK]), median(found[name, YEAR])) for name in names}


async def _asked(urls: Mapping[int, str], names: list[str], params: dict[str, Any]) -> dict[str, Times]:
    stores = {days: await Store.open(url) for days, url in urls.items()}
    try:
        return await _measure(stores, names, params)
    finally:
        for store in stores.values():
            await store.close()


def main(millions: float = MILLIONS) -> int:
    """Fill both, ask everything, show two tables; 1 when a promise is missed."""
    city, now = load_city("tangerang"), datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    step = timedelta(days=YEAR) * len(series_of(city)) / (millions * MILLION)
    names = list(dict.fromkeys(name for scene in SCENES for name in questions_of(scene)))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="year-", ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        server = servers.new_postgres(folder / "postgres")
        server.start()
        stack.callback(server.stop)
        urls = {}
        for days in (WEEK, YEAR):
            urls[days] = stack.enter_context(servers.database(server, servers.EMPTY))
            migrate(urls[days])
            began = time.monotonic()
            readings = fill(urls[days], city, Past(now, days, step))
            sys.stdout.write(f"{days} days: {readings:,} readings made in {time.monotonic() - began:.0f} s\n")
            sys.stdout.flush()
        times = asyncio.run(_asked(urls, names, _params(city, now)))
    _show(times)
    return 0 if all(found.kept for found in times.values()) else 1


def _show(times: Mapping[str, Times]) -> None:
    head = ["question", "week ms", "year ms", "ratio", "of limit", "kept"]
    rows = [[n, t.week, t.year, t.ratio, t.year / LIMIT_MS, "yes" if t.kept else "NO"] for n, t in times.items()]
    show(
        f"Questions over a year, medians of {ROUNDS}, limit {LIMIT_MS:.0f} ms and {LIMIT_RATIO:.0f} x a week",
        head,
        rows,
    )
    pages = []
    for scene in SCENES:
        whole = [times[name] for name in questions_of(scene)]
        week, year = sum(t.week for t in whole), sum(t.year for t in whole)
        pages.append([f"/wall/{scene}", len(whole), week, year, year / week, max(t.year for t in whole)])
    show(
        "Pages: all their questions together", ["page", "questions", "week ms", "year ms", "ratio", "slowest ms"], pages
    )


if __name__ == "__main__":
    raise SystemExit(main(*map(float, sys.argv[1:2])))
