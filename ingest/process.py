"""Put a worker together from the settings and run it as a process."""

from __future__ import annotations

import gc
import signal
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from data.components import Component
from data.errors import DatabaseAway, SchemaError
from data.migrations import schema_state
from data.writer import Writer
from ingest.heartbeat import Heartbeat
from ingest.inbox import Inbox
from ingest.live_lane import LiveLane
from ingest.metrics import Metrics
from ingest.sorting import Sorter
from ingest.subscriber import Subscriber
from ingest.worker import Worker
from sensors.city import City, load_city
from sensors.codecs import NETWORKS
from sensors.settings import Settings

_START_SECONDS = 10.0


def topic_filters(city: City, client_id: str, *, shared: bool) -> list[str]:
    """What a worker subscribes to.

    Retained words of devices do not come by a shared subscription. Networks do not go by one either: what their
    messages mean hangs on earlier ones, so that only the first of the sharing workers (`…-0`) hears them.
    """
    everything = f"{city.topic_root}/#"
    networks = [topic for name in city.networks.heard for topic in NETWORKS[name].topics]
    if not shared:
        return [everything, *networks]
    return [
        f"$share/ingest/{everything}",
        f"{city.topic_root}/devices/+/status",
        *(networks if client_id.endswith("-0") else []),
    ]


def live_filters(city: City, *, shared: bool) -> list[str]:
    """What a worker that is behind hears twice: all that keeps its own time, so that its order does not matter."""
    streams = [f"{city.topic_root}/{stream}/#" for stream in ("readings", "prices", "cases", "bulletins")]
    return [f"$share/live/{stream}" for stream in streams] if shared else streams


def _live_line(url: str, client_id: str, filters: Sequence[str], reader: str, inbox: Inbox) -> Subscriber:
    return Subscriber(url, f"{client_id}-live", filters, inbox, lambda: None, reader, promised=False)


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


def run_worker(settings: Settings, client_id: str, *, shared: bool, reader: str = "batch") -> None:
    """Run one worker until a signal. Raises one-line errors for what it cannot start with."""
    database_url, mqtt_url = settings.require_database_url(), settings.require_mqtt_url()
    city = load_city(settings.city)
    require_schema(database_url)
    inbox, metrics = Inbox(), Metrics()
    writer = Writer(database_url, client_id, city.devices.keys(), city.zone.key, services=city.services)
    heartbeat = Heartbeat(
        Component(database_url, "ingest", client_id),
        lambda: {
            "broker": "connected" if subscriber.connected else "away",
            "queue": inbox.held,
            "behind": round(worker.behind),
        },
        lambda: metrics.text(inbox.held, worker.behind),
    )
    filters = topic_filters(city, client_id, shared=shared)
    subscriber = Subscriber(mqtt_url, client_id, filters, inbox, heartbeat.hurry, reader)
    live = LiveLane(partial(_live_line, mqtt_url, client_id, live_filters(city, shared=shared), reader))
    worker = Worker(subscriber, inbox, Sorter(city), writer, metrics, live)
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
