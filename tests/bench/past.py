"""Every page's questions at moments of the past beside the same questions now, over a fortnight that was lived through.

python -m tests.bench.past [MILLIONS [CASES]]        (default 8: readings in the fortnight; 30 000 cases)
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import psycopg

from data.migrations import migrate
from data.store import Store
from sensors.city import City, load_city
from tests import servers
from tests.bench.history import Past, fill, series_of
from tests.bench.table import show
from tests.bench.year import params_of, questions_of
from tests.pack import SIGHTS

DAYS = 15
MILLION = 1_000_000
MILLIONS, CASES = 8.0, 30_000
ROUNDS = 5
LIMIT_MS, PAGE_LIMIT_MS = 200.0, 1000.0
BACK = {"1 hour": timedelta(hours=1), "10 days": timedelta(days=10)}
# What the triggers would have kept: each state of a case from one of its events to the next, of forecasts an older
# analysis every half day, of alarms the open one. What was written by the fill is as old as what it says.
_VERSIONS = """
SET session_replication_role = replica;
INSERT INTO past.cases_was (until, gone, service, case_id, status, is_open, status_at, opened_at, received_at, category,
                            subdistrict, lat, lon, agency, priority, channel, summary, impossible_steps, version_since)
SELECT until, false, service, case_id, status, is_open, at, opened_at, received_at, category, subdistrict, lat, lon,
       agency, priority, channel, summary, 0, received_at
FROM (SELECT *, lead(received_at) OVER steps AS until, min(at) OVER steps AS opened_at FROM case_events
      WINDOW steps AS (PARTITION BY service, case_id ORDER BY at, status_rank)) AS e
WHERE until IS NOT NULL;
INSERT INTO past.forecasts_was
SELECT back, false, subdistrict, valid_at, back - interval '12 hours', back - interval '12 hours', channel, temperature,
       humidity, rain, weather, words, wind_speed, wind_from, cloud, back - interval '12 hours'
FROM forecasts CROSS JOIN generate_series(now() - interval '14 days', now(), interval '12 hours') AS back;
INSERT INTO alarms (rule, priority, source, name, cause, raised_at, known_at, ended_at, version_since)
SELECT 'siaga-1', 'high', 'gauge-' || n % 40, 'Pos', 'gauge-' || n % 40, at, at, until, until
FROM generate_series(1, 2000) AS n
CROSS JOIN LATERAL (SELECT now() - n * interval '10 minutes' AS at, now() - n * interval '9 minutes' AS until) AS t;
INSERT INTO past.alarms_was SELECT version_since, false, alarms.* FROM alarms;
UPDATE past.alarms_was SET ended_at = NULL, version_since = known_at;
UPDATE cases SET version_since = received_at;
UPDATE bulletins SET version_since = received_at;
UPDATE quakes SET version_since = received_at;
UPDATE devices SET version_since = '-infinity';
RESET session_replication_role;
VACUUM ANALYZE
"""


def live_through(url: str, city: City, now: datetime, millions: float, cases: int) -> int:
    """Fill a migrated database with a fortnight and its versions; gives how many readings it holds."""
    step = timedelta(days=DAYS) * len(series_of(city)) / (millions * MILLION)
    readings = fill(url, city, Past(now, DAYS, step), cases // DAYS)
    with psycopg.connect(url, autocommit=True) as session:
        for statement in _VERSIONS.split(";"):
            session.execute(statement)  # type: ignore[arg-type] # constants above
    return readings


async def measure(url: str, city: City, now: datetime, names: list[str]) -> dict[str, dict[str, float]]:
    """Medians in ms of each question, live and at each moment."""
    live, past = await Store.open(url), await Store.open(url, past=True)
    moments = {"now": (live, now), **{name: (past, now - back) for name, back in BACK.items()}}
    found: dict[str, dict[str, list[float]]] = {name: {moment: [] for moment in moments} for name in names}
    for number in range(ROUNDS + 1):
        for name in names:
            for moment, (store, at) in moments.items():
                began = time.perf_counter()
                await store.ask(name, params_of(city, at))
                if number:  # the first round warms the caches
                    found[name][moment].append(1000 * (time.perf_counter() - began))
    await live.close()
    await past.close()
    return {name: {moment: median(times) for moment, times in each.items()} for name, each in found.items()}


def main(millions: float = MILLIONS, cases: float = CASES) -> int:
    """Fill, ask, show two tables; 1 when a promise is missed."""
    city, now = load_city("tangerang"), datetime.now(UTC)
    names = list(dict.fromkeys(name for sight in SIGHTS.by_name for name in questions_of(sight)))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="past-", ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        server = servers.new_postgres(folder / "postgres")
        server.start()
        stack.callback(server.stop)
        url = stack.enter_context(servers.database(server, servers.EMPTY))
        migrate(url)
        began = time.monotonic()
        readings = live_through(url, city, now, millions, int(cases))
        sys.stdout.write(f"{readings:,} readings made in {time.monotonic() - began:.0f} s\n")
        times = asyncio.run(measure(url, city, now, names))
    return _show(times)


def _show(times: dict[str, dict[str, float]]) -> int:
    moments = ["now", *BACK]
    rows = [
        [name, *(each[moment] for moment in moments), "yes" if max(each.values()) <= LIMIT_MS else "NO"]
        for name, each in sorted(times.items(), key=lambda item: -max(item[1].values()))
    ]
    show(f"Questions, ms, medians of {ROUNDS}, limit {LIMIT_MS:.0f}", ["question", *moments, "kept"], rows)
    pages = []
    for sight in SIGHTS.by_name:
        if asked := questions_of(sight):
            whole = {moment: sum(times[name][moment] for name in asked) for moment in moments}
            kept = "yes" if max(whole.values()) <= PAGE_LIMIT_MS else "NO"
            pages.append([sight, len(asked), *whole.values(), kept])
    show(
        f"Pages: all their questions together, ms, limit {PAGE_LIMIT_MS:.0f}",
        ["page", "questions", *moments, "kept"],
        pages,
    )
    return 1 if any(row[-1] == "NO" for row in (*rows, *pages)) else 0


if __name__ == "__main__":
    raise SystemExit(main(*map(float, sys.argv[1:3])))
