"""`python -m ingest notify`: tell each step of alarms once to each channel; one process tells, others wait."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any, Protocol

from data.components import Component
from data.deliveries import Deliveries
from data.ear import Ear
from data.errors import DataError
from ingest.errors import IngestError
from ingest.heartbeat import Heartbeat
from ingest.notify.outside import NotSentError, Outside
from ingest.notify.senders import SENDERS
from ingest.process import on_stop_signals, require_schema
from ingest.publisher import Publisher
from sensors.city import load_city
from sensors.outlets import Channel, read_channels
from sensors.settings import Settings

FIRST_AGAIN, LONGEST_AGAIN = timedelta(seconds=5), timedelta(minutes=30)
MOST_TRIES = 60
"""With growing pauses that is more than a day."""
AGAIN_SECONDS, STAND_BY_SECONDS, LOOK_EVERY = 1.0, 2.0, 5.0
_log = logging.getLogger(__name__)


class Sends(Protocol):
    """A way out."""

    def send(self, row: Mapping[str, Any]) -> None:
        """Raises `NotSentError`."""


def run_notify(settings: Settings, instance: str) -> None:
    """Tell until a signal. Raises one-line errors for what it cannot start with."""
    if settings.notify is None:
        raise IngestError("LIVEROOM_NOTIFY is not set: expected a file with [[channels]] (docs/operating.md)")
    url, city = settings.require_database_url(), load_city(settings.city)
    channels = read_channels(settings.notify, city, tuple(SENDERS))
    require_schema(url)
    stopping = threading.Event()
    on_stop_signals(stopping.set)
    with Publisher(settings.require_mqtt_url(), "notify") as broker:
        outside = Outside(city, settings.public_url, broker)
        notifier = Notifier(url, [(each, SENDERS[each.kind].Sender(each, outside)) for each in channels], stopping)
        heartbeat = Heartbeat(
            Component(url, "notify", instance),
            lambda: {"broker": "connected" if broker.connected else "away", **notifier.state},
            str,
        )
        heartbeat.start()
        try:
            notifier.run()
        finally:
            heartbeat.stop()


class Notifier:
    """Tells through each channel in the order of the steps; a channel that fails holds only itself up."""

    def __init__(self, url: str, ways: Sequence[tuple[Channel, Sends]], stopping: threading.Event) -> None:
        self._store, self._ear, self._ways, self._stopping = Deliveries(url), Ear(url), ways, stopping
        self._waiting = 0

    @property
    def state(self) -> Mapping[str, object]:
        """What the heartbeat says of it."""
        return {"channels": len(self._ways), "queue": self._waiting}

    def run(self) -> None:
        """Lead or stand by until stopped. A database that is away is waited for."""
        with closing(self):
            while not self._stopping.is_set():
                try:
                    if not self.lead():
                        self._stopping.wait(STAND_BY_SECONDS)
                        continue
                    while not self._stopping.is_set():
                        self.turn()
                        self._ear.hear(LOOK_EVERY if not self._waiting else AGAIN_SECONDS)
                except DataError as error:
                    _log.warning("notify: %s: trying again", error)
                    self.close()
                    self._stopping.wait(AGAIN_SECONDS)

    def lead(self) -> bool:
        """Take the place if it is free. Raises `DataError`."""
        if not self._store.lead():
            return False
        for channel, _ in self._ways:
            self._store.begin(channel.key, again=SENDERS[channel.kind].AGAIN)
        return True

    def close(self) -> None:
        """Give up the place."""
        self._store.close()
        self._ear.close()

    def turn(self) -> None:
        """Tell what there is to tell now. Raises `DataError`."""
        for channel, way in self._ways:
            self._store.plan(channel.key, channel.priorities, channel.steps, channel.agencies)
            while not self._stopping.is_set() and (row := self._store.take(channel.key)) is not None:
                self._tell(channel, way, row)
        self._waiting = self._store.waiting()

    def _tell(self, channel: Channel, way: Sends, row: Mapping[str, Any]) -> None:
        try:
            way.send(row)
        except NotSentError as error:
            again = None if row["tries"] >= MOST_TRIES else min(FIRST_AGAIN * 2 ** (row["tries"] - 1), LONGEST_AGAIN)
            _log.warning("channel %s: step %d not taken: %s", channel.key, row["step_id"], error)
            self._store.failed(channel.key, row["step_id"], str(error), again)
        else:
            self._store.sent(channel.key, row["step_id"])
