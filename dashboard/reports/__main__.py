"""`python -m dashboard.reports`: write a report as a file, or go on making what the pack's reports.toml asks for."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.reports.maker import Maker, Order
from data.errors import DataError
from data.store import Store
from layouts.errors import LayoutError
from layouts.reports.kinds import REPORTS
from layouts.reports.periods import period_of
from sensors.city import City, load_city
from sensors.errors import SensorsError
from sensors.settings import Settings, load_settings


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dashboard.reports", description=__doc__)
    parser.add_argument("report", choices=list(REPORTS))
    parser.add_argument("period", nargs="?", default="", help="2026-11-28, 2026-W48 or 2026-11; default: the last one")
    parser.add_argument("--agency", default="", help="whose weekly report")
    parser.add_argument("--to", type=Path, default=Path(), help="the folder to write to; default: here")
    return parser.parse_args()


async def write(city: City, settings: Settings, asked: argparse.Namespace) -> Path:
    """Write one report. Raises one-line errors."""
    store = Store(settings.require_read_url(), 1)
    try:
        maker = Maker(city, store.ask, settings.feeds_from_virtual_city)
        report = REPORTS[asked.report]
        order = Order(report, period_of(report.period, asked.period, city, datetime.now(UTC)), asked.agency)
        made = await maker.make(order)
    finally:
        await store.close()
    asked.to.mkdir(parents=True, exist_ok=True)
    target: Path = asked.to / order.file
    await asyncio.to_thread(target.write_bytes, made)
    return target


def main() -> int:
    """0; 1 with one line on stderr when the report cannot be made."""
    asked = _arguments()
    try:
        settings = load_settings()
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        target = asyncio.run(write(load_city(settings.city), settings, asked))
    except (DashboardError, DataError, LayoutError, SensorsError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
