"""Put an alarm engine together from the settings and run it as a process."""

from __future__ import annotations

from data.components import Component
from ingest.alarms.engine import Engine
from ingest.heartbeat import Heartbeat
from ingest.process import on_stop_signals, require_schema
from sensors.city import load_city
from sensors.settings import Settings


def run_alarms(settings: Settings, instance: str) -> None:
    """Judge, or stand by, until a signal. Raises one-line errors for what it cannot start with."""
    url = settings.require_database_url()
    city = load_city(settings.city)
    require_schema(url)
    heartbeat = Heartbeat(Component(url, "alarms", instance), lambda: engine.state, str)
    engine = Engine(url, city, heartbeat.hurry)
    on_stop_signals(engine.stop)
    heartbeat.start()
    try:
        engine.run()
    finally:
        heartbeat.stop()
