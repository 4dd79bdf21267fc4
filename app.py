"""The dashboard: `python app.py`, or `uvicorn app:server`."""

from __future__ import annotations

import logging
import sys
from typing import NoReturn

import uvicorn
from fastapi import FastAPI

from dashboard.errors import DashboardError
from dashboard.server import create_server
from data.errors import DataError
from layouts.errors import LayoutError
from sensors.city import load_city
from sensors.errors import SensorsError
from sensors.settings import load_settings


def _fail(error: Exception) -> NoReturn:
    sys.stderr.write(f"liveroom: {error}\n")
    raise SystemExit(1)


def _create() -> FastAPI:
    try:
        settings = load_settings()
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        logging.getLogger("fontTools").setLevel(logging.WARNING)
        return create_server(settings, load_city(settings.city))
    except (SensorsError, DataError, LayoutError, DashboardError) as error:
        _fail(error)


server = _create()

if __name__ == "__main__":
    chosen = load_settings()
    uvicorn.run(
        server, host=chosen.host, port=chosen.port, log_config=None, access_log=False, timeout_graceful_shutdown=2
    )
