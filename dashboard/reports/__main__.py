"""`python -m dashboard.reports`: write one report, or `schedule`: keep making what the pack's reports.toml asks for."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.reports.maker import Maker, Order
from dashboard.reports.schedule import FOLDER, Schedule
from data.errors import DataError
from data.store import Store
from layouts.errors import LayoutError
from layouts.reports.kinds import REPORTS
from layouts.reports.periods import period_of
from sensors.city import City, load_city
from sensors.errors import SensorsError
from sensors.outlets import read_channels
from sensors.settings import Settings, load_settings

SCHEDULE = "schedule"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dashboard.reports", description=__doc__)
    parser.add_argument("report", choices=[*REPORTS, SCHEDULE])
    parser.add_argument("period", nargs="?", default="", help="2026-11-28, 2026-W48 or 2026-11; default: the last one")
    parser.add_argument("--agency", default="", help="mingguan: whose")
    parser.add_argument("--to", type=Path, default=Path(), help="the folder to write to; default: here")
    found = parser.parse_args()
    if found.report in REPORTS and REPORTS[found.report].owned != bool(found.agency):
        parser.error("--agency goes with mingguan, and with nothing else")
    return found


async def _write(maker: Maker, city: City, asked: argparse.Namespace) -> str:
    """Write one report and return where. Raises one-line errors."""
    if asked.agency and asked.agency not in city.agencies:
        raise DashboardError(f"--agency: found {asked.agency!r}, expected one of {', '.join(city.agencies)}")
    report = REPORTS[asked.report]
    order = Order(report, period_of(report.period, asked.period, city, datetime.now(UTC)), asked.agency)
    made = await maker.make(order)
    asked.to.mkdir(parents=True, exist_ok=True)
    target: Path = asked.to / order.file
    await asyncio.to_thread(target.write_bytes, made)
    return str(target)


async def _schedule(maker: Maker, city: City, settings: Settings) -> None:
    """Go on until a signal. Raises one-line errors for what it cannot start with."""
    channels = {} if settings.notify is None else {each.key: each for each in read_channels(settings.notify, city)}
    schedule = Schedule(city, maker, settings.state_dir / FOLDER, channels)
    working = asyncio.create_task(schedule.run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, working.cancel)
    with suppress(asyncio.CancelledError):
        await working


async def _run(asked: argparse.Namespace, settings: Settings) -> None:
    city = load_city(settings.city)
    store = Store(settings.require_read_url(), 1)
    try:
        maker = Maker(city, store.ask, settings.feeds_from_virtual_city)
        if asked.report == SCHEDULE:
            await _schedule(maker, city, settings)
        else:
            sys.stdout.write(f"{await _write(maker, city, asked)}\n")
    finally:
        await store.close()


def main() -> int:
    """0; 1 with one line on stderr when it cannot be done."""
    asked = _arguments()
    try:
        settings = load_settings()
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        asyncio.run(_run(asked, settings))
    except (DashboardError, DataError, LayoutError, SensorsError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
