"""The loop that forgets what is past its time, reads again what it is asked to and hands on cases reported by HTTP.

It also watches the broker.
One per room does the work, others wait to take over.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from data.components import Component
from data.errors import DataError
from data.upkeep import Upkeep
from ingest.broker_watch import BrokerWatch
from ingest.heartbeat import Heartbeat
from ingest.outgoing import OutgoingCases
from ingest.process import on_stop_signals, require_schema
from ingest.publisher import Publisher
from ingest.requested import Retries
from sensors.city import City, load_city
from sensors.settings import Settings, SettingsError

EVERY_SECONDS = 600.0
LOOK_SECONDS = 2.0
"""How often the little table of requests is looked at."""
_log = logging.getLogger(__name__)


def run_maintenance(settings: Settings, instance: str) -> None:
    """Tidy every ten minutes and retry on request until a signal. Raises one-line errors for a start that cannot be."""
    url = settings.require_database_url()
    city = load_city(settings.city)
    require_schema(url)
    watch = _new_watch(settings, instance)
    stopping = threading.Event()
    on_stop_signals(stopping.set)
    heartbeat = Heartbeat(
        Component(url, "maintenance", instance), watch.state if watch else dict, watch.metrics if watch else str
    )
    heartbeat.start()
    if watch:
        watch.changed = heartbeat.hurry
        watch.start()
    upkeep, retries = Upkeep(url), Retries(url, city)
    next_round = 0.0
    with _handing_on(settings, url, city) as hand_on:
        while not stopping.is_set():
            if time.monotonic() >= next_round:
                _tidy(upkeep, city)
                next_round = time.monotonic() + EVERY_SECONDS
            retries.look()
            hand_on()
            stopping.wait(LOOK_SECONDS)
    retries.close()
    upkeep.close()
    if watch:
        watch.stop()
    heartbeat.stop()


@contextmanager
def _handing_on(settings: Settings, url: str, city: City) -> Iterator[Callable[[], None]]:
    """What to call in each turn so that reported cases go out; nothing where no broker is named."""
    try:
        broker = settings.require_mqtt_url()
    except SettingsError:
        yield lambda: None
        return
    with Publisher(broker, "outgoing") as publisher, closing(OutgoingCases(url, city, publisher)) as cases:
        yield cases.look


def _new_watch(settings: Settings, instance: str) -> BrokerWatch | None:
    """None where no broker is named: what this process is there for does not need one."""
    try:
        return BrokerWatch(settings.require_mqtt_url(), f"{instance}-watch")
    except SettingsError as error:
        _log.warning("not watching the broker: %s", error)
        return None


def _tidy(upkeep: Upkeep, city: City) -> None:
    try:
        tidied = upkeep.tidy(city.retention_days, city.replay_days)
    except DataError as error:
        _log.warning("could not tidy: %s: trying again in %d s", error, EVERY_SECONDS)
    else:
        _log.info("tidied: %s", tidied or "another process does it")
