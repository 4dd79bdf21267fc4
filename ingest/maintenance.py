"""The loop that forgets what is past its time: one per room does the work, others wait to take over."""

from __future__ import annotations

import logging
import threading

from data.components import Component
from data.errors import DataError
from data.upkeep import Upkeep
from ingest.heartbeat import Heartbeat
from ingest.process import on_stop_signals, require_schema
from sensors.city import load_city
from sensors.settings import Settings

EVERY_SECONDS = 600.0
_log = logging.getLogger(__name__)


def run_maintenance(settings: Settings) -> None:
    """Tidy every ten minutes until a signal. Raises one-line errors for what it cannot start with."""
    url = settings.require_database_url()
    city = load_city(settings.city)
    require_schema(url)
    stopping = threading.Event()
    on_stop_signals(stopping.set)
    heartbeat = Heartbeat(Component(url, "maintenance", "maintenance-0"), dict, str)
    heartbeat.start()
    upkeep = Upkeep(url)
    while not stopping.is_set():
        _tidy(upkeep, city.retention_days)
        stopping.wait(EVERY_SECONDS)
    upkeep.close()
    heartbeat.stop()


def _tidy(upkeep: Upkeep, retention_days: int) -> None:
    try:
        tidied = upkeep.tidy(retention_days)
    except DataError as error:
        _log.warning("could not tidy: %s: trying again in %d s", error, EVERY_SECONDS)
    else:
        _log.info("tidied: %s", tidied or "another process does it")
