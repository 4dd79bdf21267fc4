"""Every page's questions over a year of history, over sixty days and over one week of it, asked in turn in one run.

python -m tests.bench.year [MILLIONS]        (default 20: readings in the year; the others hold as many a day)

A question that looks back over a month finds more in any longer past than in a week: it is held against sixty days,
which hold all that it asks for, and so is shown to not grow with what lies before.
"""

from __future__ import annotations

import asyncio
import re
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

from dashboard.terms import terms_of
from data.migrations import migrate
from data.queries import question
from data.store import Store
from layouts.options import as_asked
from sensors.city import City, load_city
from tests import servers
from tests.bench.history import Past, fill, series_of
from tests.bench.table import show
from tests.pack import SIGHTS
from tests.unit.layouts.rows import chosen

WEEK, SIXTY, YEAR = 7, 60, 365
MILLION = 1_000_000
MILLIONS = 20.0  # readings in the year
ROUNDS = 15
LIMIT_MS = 150.0
LIMIT_RATIO = 2.0
TOO_SHORT_MS = 2.0  # below this a ratio is noise


@dataclass(frozen=True, slots=True)
class Times:
    """Medians in ms of one question over three pasts; `looks_back`: it asks for more than the last week."""

    week: float
    sixty: float
    year: float
    looks_back: bool

    @property
    def ratio(self) -> float:
        """How much longer the year takes than a past that holds what is asked for."""
        return self.year / max(self.sixty if self.looks_back else self.week, 0.01)

    @property
    def kept(self) -> bool:
        """Whether it keeps both promises."""
        return self.year <= LIMIT_MS and (self.ratio <= LIMIT_RATIO or self.year <= TOO_SHORT_MS)


_SPAN = re.compile(r"interval '(\d+) days'|now\)s::timestamptz - interval '(\d+) hours'")


def looks_back(name: str) -> bool:
    """Whether a question's text names a span of more than a week."""
    return any(int(days or 0) * 24 + int(hours or 0) > WEEK * 24 for days, hours in _SPAN.findall(question(name)))


def questions_of(sight: str) -> list[str]:
    """The distinct questions of a page, in the order of its panels."""
    panels = SIGHTS.by_name[sight].panels
    return list(dict.fromkeys(question.name for panel in panels for question in panel.questions))


def params_of(city: City, now: datetime) -> dict[str, Any]:
    """What a page asks with."""
    return {
        "devices": list(city.devices),
        "markets": list(city.markets),
        "service": next(iter(city.services)),
        "zone": city.zone.key,
        "now": now,
        **terms_of(city, now),
        **as_asked(chosen(city)),
        "alarm": "1",
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
    medians = {key: median(times) for key, times in found.items()}
    return {name: Times(*(medians[name, days] for days in stores), looks_back(name)) for name in names}


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
    names = list(dict.fromkeys(name for sight in SIGHTS.by_name for name in questions_of(sight)))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="year-", ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        server = servers.new_postgres(folder / "postgres")
        server.start()
        stack.callback(server.stop)
        urls = {}
        for days in (WEEK, SIXTY, YEAR):
            urls[days] = stack.enter_context(servers.database(server, servers.EMPTY))
            migrate(urls[days])
            began = time.monotonic()
            readings = fill(urls[days], city, Past(now, days, step))
            sys.stdout.write(f"{days} days: {readings:,} readings made in {time.monotonic() - began:.0f} s\n")
            sys.stdout.flush()
        times = asyncio.run(_asked(urls, names, params_of(city, now)))
    _show(times)
    return 0 if all(found.kept for found in times.values()) else 1


def _show(times: Mapping[str, Times]) -> None:
    head = ["question", "week ms", "60 days ms", "year ms", "held against", "ratio", "of limit", "kept"]
    rows = [
        [
            *(name, t.week, t.sixty, t.year, "60 days" if t.looks_back else "week"),
            *(t.ratio, t.year / LIMIT_MS, "yes" if t.kept else "NO"),
        ]
        for name, t in times.items()
    ]
    show(
        f"Questions over a year, medians of {ROUNDS}, limits {LIMIT_MS:.0f} ms and {LIMIT_RATIO:.0f} times",
        head,
        rows,
    )
    pages = []
    for name, sight in SIGHTS.by_name.items():
        if not (asked := questions_of(name)):
            continue
        whole = [times[each] for each in asked]
        week, year = sum(t.week for t in whole), sum(t.year for t in whole)
        pages.append(
            [
                sight.page.path if sight.page else f"/wall/{name}",
                len(whole),
                week,
                year,
                year / week,
                max(t.year for t in whole),
            ]
        )
    show(
        "Pages: all their questions together", ["page", "questions", "week ms", "year ms", "ratio", "slowest ms"], pages
    )


if __name__ == "__main__":
    raise SystemExit(main(*map(float, sys.argv[1:2])))
