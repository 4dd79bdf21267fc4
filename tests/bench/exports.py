"""`python -m tests.bench.exports [--rows N]`: a long export as CSV and Parquet, beside the database's own COPY TO.

Limits: no process above 200 MB, CSV at least half as fast as COPY TO by the same statements in the same run, and a wall
that asks for its page all the while is answered within a second by the 99th percentile.
"""

from __future__ import annotations

import argparse
import http.client
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import LiteralString

import psycopg

from data.city_names import sync_names
from data.exports.order import Order
from data.exports.source import opened
from tests import servers
from tests.bench.history import Past, fill, series_of
from tests.bench.table import PROMISES, all_kept, least, most, quantile, show
from tests.integration.test_http import Dashboard, started, until
from tests.pack import CITY, OVERVIEW

ROWS = 10_000_000
MOST_MB, LEAST_SHARE, MOST_SECONDS = 200.0, 0.5, 1.0
DAYS = 30
BARE = "COPY (SELECT * FROM readings) TO STDOUT (FORMAT csv)"
"""Without the names of places and devices, as the database keeps its rows: what no export can reach."""


@dataclass
class Watch:
    """What happens while something long runs: the most memory of every process below one, and a wall's waiting."""

    dashboard: Dashboard
    waits: list[float] = field(default_factory=list)
    peaks: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look while this is open."""
        over = threading.Event()
        threads = [threading.Thread(target=each, args=(over,), daemon=True) for each in (self._wall, self._memory)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def _wall(self, over: threading.Event) -> None:
        while not over.is_set():
            began = time.perf_counter()
            status, _, _ = self.dashboard.get(f"/wall/{OVERVIEW.key}")
            assert status == http.client.OK
            self.waits.append(time.perf_counter() - began)
            over.wait(0.1)

    def _memory(self, over: threading.Event) -> None:
        web = self.dashboard.process.pid
        while not over.wait(0.1):
            for name, pid in [("web", web), *(("export", child) for child in children(web))]:
                self.peaks[name] = max(self.peaks.get(name, 0.0), peak_mb(pid))


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in text.split()]


def peak_mb(pid: int) -> float:
    """The most memory a process has held, in MB; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM:")), 0.0)


def copied(url: str, statement: LiteralString) -> tuple[int, float]:
    """The database's own COPY TO, read and thrown away: rows and seconds."""
    rows, began = 0, time.perf_counter()
    with psycopg.connect(url) as connection, connection.cursor().copy(statement) as copy:
        for _ in copy:
            rows += 1
    return rows, time.perf_counter() - began


def copied_alike(url: str, past: Past) -> tuple[int, float]:
    """COPY TO by the very statements and settings of the export, read here and thrown away: rows and seconds.

    What is left out is what the export adds to it: cells made safe, a process of its own, checksum and HTTP.
    """
    order = Order(url, "csv", "readings", past.since, past.until, CITY.zone.key, {})
    began = time.perf_counter()
    with opened(order, lambda _, __: None) as source:
        for _ in source.copied(safe=False):
            pass
        return source.rows, time.perf_counter() - began


def exported(dashboard: Dashboard, form: str, past: Past) -> tuple[int, float]:
    """An export read and thrown away: bytes and seconds."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", dashboard.port, timeout=900)
    since, last = (f"{at.astimezone(CITY.zone):%Y-%m-%d}" for at in (past.since, past.until))
    connection.request("GET", f"/api/v1/export/readings.{form}?from={since}&to={last}")
    answer = connection.getresponse()
    assert answer.status == http.client.OK, answer.read()
    size = 0
    while piece := answer.read(1 << 20):
        size += len(piece)
    connection.close()
    return size, time.perf_counter() - began


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; 1 when a promise is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.exports")
    parser.add_argument("--rows", type=int, default=ROWS, help="about how many readings there are")
    rows = parser.parse_args(arguments).rows
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    step = timedelta(seconds=max(1, round(len(series_of(CITY)) * DAYS * 86400 / rows)))
    past = Past(now, DAYS, step)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="exports-", ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        postgres = servers.new_postgres(folder / "postgres")
        postgres.start()
        stack.callback(postgres.stop)
        servers.migrate(postgres.url)
        sync_names(postgres.url, CITY)
        made = fill(postgres.url, CITY, past)
        state = folder / "state"
        state.mkdir()
        dashboard = stack.enter_context(started(state, within=120, DATABASE_URL=postgres.url))
        until(lambda: dashboard.get("/readyz")[0] == http.client.OK, 120)
        return _report(dashboard, postgres.url, past, made)


def _report(dashboard: Dashboard, url: str, past: Past, made: int) -> int:
    bare, alike = copied(url, BARE), copied_alike(url, past)
    lines: list[list[object]] = [
        [f"{what}, thrown away", rows, seconds, rows / seconds, "", ""]
        for what, (rows, seconds) in {"COPY of the bare table": bare, "COPY of the same rows": alike}.items()
    ]
    web = peak_mb(dashboard.process.pid)
    promises: list[list[object]] = []
    for form in ("csv", "parquet"):
        watch = Watch(dashboard)
        with watch.watching():
            size, seconds = exported(dashboard, form, past)
        lines.append([form, made, seconds, made / seconds, size / 1e6, watch.peaks.get("export", 0.0)])
        promises.append(most(f"{form}: memory of its process, MB", watch.peaks.get("export", 0.0), MOST_MB))
        promises.append(most(f"{form}: page during it, p99 s", quantile(watch.waits, 0.99), MOST_SECONDS))
        promises.append(most(f"{form}: memory the web process grew by, MB", watch.peaks["web"] - web, MOST_MB))
        if form == "csv":
            promises.append(least("csv: rate beside COPY TO", made / seconds / (alike[0] / alike[1]), LEAST_SHARE))
    show(f"Exports of {made} readings", ("what", "rows", "seconds", "rows/s", "MB", "peak MB"), lines)
    show("Promises", PROMISES, promises)
    return 0 if all_kept(promises) else 1


if __name__ == "__main__":
    raise SystemExit(main())
