"""Ingest workers as real processes, and a publisher that knows what it sent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt
import psycopg
from paho.mqtt.enums import CallbackAPIVersion

from tests.batches import ask

PATIENCE = 45.0


def until(what: Callable[[], object], description: str, patience: float = PATIENCE) -> None:
    """Wait until `what` is true; fails with `description` when it does not become so."""
    deadline = time.monotonic() + patience
    while not what():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience:g} s for {description}")
        time.sleep(0.05)


@dataclass(slots=True)
class Worker:
    """`python -m ingest` or a stand-in for it, on these servers."""

    database_url: str
    mqtt_url: str
    arguments: Sequence[str] = ()
    program: Sequence[str] = ("-m", "ingest")
    client_id: str = "ingest-0"
    process: subprocess.Popen[bytes] | None = None
    log: Path = field(default_factory=lambda: Path(tempfile.mkstemp(prefix="ingest-", suffix=".log")[1]))

    def start(self, *, wait: bool = True) -> Self:
        """Start it, and wait until the broker has taken it in."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LIVEROOM_")}
        environment |= {"LIVEROOM_DATABASE_URL": self.database_url, "LIVEROOM_MQTT_URL": self.mqtt_url}
        command = [sys.executable, *self.program, "--client-id", self.client_id, *self.arguments]
        self.log.touch()
        connections = self.said("connected to the broker")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, stderr=log, stdout=log)
        if wait:
            until(lambda: self.ended or self.said("connected to the broker") > connections, "the worker to connect")
        return self

    @property
    def ended(self) -> bool:
        """Whether the process is gone."""
        return self.process is None or self.process.poll() is not None

    def said(self, text: str) -> int:
        """How often its log says this."""
        return self.log.read_text().count(text)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        if self.process is None:
            return 0
        self.process.terminate()
        return self.process.wait(15)


@contextmanager
def worker(
    database_url: str,
    mqtt_url: str,
    *arguments: str,
    client_id: str = "ingest-0",
    program: Sequence[str] = ("-m", "ingest"),
) -> Iterator[Worker]:
    """A started worker that is gone afterwards."""
    made = Worker(database_url, mqtt_url, arguments, program, client_id).start()
    try:
        yield made
    finally:
        made.kill()
        made.log.unlink(missing_ok=True)


class Publisher:
    """Publishes at QoS 1 and knows what the broker has taken."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv311)
        self._client.max_inflight_messages_set(2_000)
        self._client.connect(parts.hostname or "", parts.port or 1883)
        self._client.loop_start()

    def send(self, topic: str, payload: bytes | str | object, *, retain: bool = False) -> mqtt.MQTTMessageInfo:
        """Publish one message; anything but bytes and text goes as JSON."""
        body = payload if isinstance(payload, bytes | str) else json.dumps(payload)
        return self._client.publish(topic, body, qos=1, retain=retain)

    def settle(self, sent: Sequence[mqtt.MQTTMessageInfo]) -> None:
        """Wait until the broker has taken all of these."""
        for info in sent:
            info.wait_for_publish(PATIENCE)
            if not info.is_published():
                raise AssertionError("the broker did not take a message")

    def close(self) -> None:
        """Disconnect."""
        self._client.disconnect()
        self._client.loop_stop()


@contextmanager
def publisher(url: str) -> Iterator[Publisher]:
    """A publisher that is gone afterwards."""
    made = Publisher(url)
    try:
        yield made
    finally:
        made.close()


def plain(number: int, *, start: datetime, devices: int = 50) -> tuple[str, str]:
    """The topic and payload of the `number`-th reading: each its own device and millisecond."""
    at = start + timedelta(milliseconds=number)
    device = f"load-{number % devices}"
    body = {"observed_at": at.isoformat(), "values": {"pm25": number % 97}}
    return f"tangerang/readings/{device}", json.dumps(body)


def an_hour_ago() -> datetime:
    """Where a test's readings begin."""
    return datetime.now(UTC) - timedelta(hours=1)


def count(url: str, table: str) -> int:
    """How many rows a table has; -1 while the database is away."""
    try:
        return int(ask(url, f"SELECT count(*) FROM {table}")[0][0])
    except psycopg.OperationalError:
        return -1
