"""Put a worker together from the settings and run it as a process."""

from __future__ import annotations

import gc
import signal
import threading
import time
from collections.abc import Callable

from data.components import Component
from data.errors import DatabaseAway, SchemaError
from data.migrations import schema_state
from data.writer import Writer
from ingest.heartbeat import Heartbeat
from ingest.inbox import Inbox
from ingest.metrics import Metrics
from ingest.sorting import Sorter
from ingest.subscriber import Subscriber
from ingest.worker import Worker
from sensors.city import load_city
from sensors.settings import Settings

_START_SECONDS = 10.0


def topic_filters(root: str, *, shared: bool) -> list[str]:
    """What a worker subscribes to. Retained words of devices do not come by a shared subscription."""
    everything = f"{root}/#"
    return [f"$share/ingest/{everything}", f"{root}/devices/+/status"] if shared else [everything]


def require_schema(url: str) -> None:
    """Wait a little for the database; raises `DatabaseAway` or `SchemaError` when it is not what we need."""
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            state = schema_state(url)
            break
        except DatabaseAway:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    if not state.current:
        missing = ", ".join(f"{version:04d}" for version in (*state.pending, *state.changed))
        raise SchemaError(f"the database lacks migration {missing}: run `python -m data migrate`")


def on_stop_signals(stop: Callable[[], None]) -> None:
    """Call `stop` on SIGTERM and on SIGINT."""
    # In a thread: the handler itself may interrupt the main thread while it holds the very lock that `stop` needs.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: threading.Thread(target=stop, daemon=True).start())


def run_worker(settings: Settings, client_id: str, *, shared: bool) -> None:
    """Run one worker until a signal. Raises one-line errors for what it cannot start with."""
    database_url, mqtt_url = settings.require_database_url(), settings.require_mqtt_url()
    city = load_city(settings.city)
    require_schema(database_url)
    inbox, metrics = Inbox(), Metrics()
    writer = Writer(database_url, client_id, city.devices.keys(), city.zone.key, services=city.services)
    heartbeat = Heartbeat(
        Component(database_url, "ingest", client_id),
        lambda: {"broker": "connected" if subscriber.connected else "away", "queue": inbox.held},
        lambda: metrics.text(inbox.held),
    )
    subscriber = Subscriber(mqtt_url, client_id, topic_filters(city.topic_root, shared=shared), inbox, heartbeat.hurry)
    worker = Worker(subscriber, inbox, Sorter(city), writer, metrics)
    on_stop_signals(worker.stop)
    gc.collect()
    gc.freeze()  # what is there now stays: looking through it again holds a commit back
    heartbeat.start()
    try:
        subscriber.start()
        worker.run()
    finally:
        subscriber.stop()
        writer.close()
        heartbeat.stop()
