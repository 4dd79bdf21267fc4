"""The way out: MQTT publications at QoS 1 with a bounded number under way, patient while the broker is away."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from threading import Event, Semaphore
from time import monotonic
from urllib.parse import unquote, urlsplit

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from sensors.virtual_city.messages import Message

_log = logging.getLogger(__name__)
_WINDOW = 1000  # publications under way at once: this bounds memory, whatever the broker does
_GLANCE = 0.2  # s between looks at `stop` while waiting


@dataclass(frozen=True, slots=True)
class Broker:
    """Where to publish, from an mqtt:// or mqtts:// URL."""

    host: str
    port: int
    tls: bool
    user: str | None
    password: str | None

    @classmethod
    def at(cls, url: str) -> Broker:
        """Read an URL as settings have checked it."""
        parts = urlsplit(url)
        tls = parts.scheme == "mqtts"
        user = unquote(parts.username) if parts.username else None
        password = unquote(parts.password) if parts.password else None
        return cls(parts.hostname or "127.0.0.1", parts.port or (8883 if tls else 1883), tls, user, password)


class Outbox:
    """One connection for all devices. `send` waits while too much is under way or the broker is away, until `stop`."""

    def __init__(self, broker: Broker, will: Message, stop: Event) -> None:
        """`will` is what the broker publishes (retained) should this connection die."""
        self.published = 0
        self.readings = 0
        self._stop = stop
        self._connected = Event()
        self._window = Semaphore(_WINDOW)
        self._greetings: tuple[Message, ...] = ()
        self._greeted: set[int] = set()  # touched by the network thread alone
        self._told_away = False
        self._where = f"{broker.host}:{broker.port}"
        self._client = self._make_client(broker, will)

    def open(self, *greetings: Message) -> None:
        """Connect, and again whenever the connection is lost; `greetings` are published retained on each connection."""
        self._greetings = greetings
        self._client.loop_start()

    def send(self, message: Message) -> bool:
        """Publish; False when stopped before the message could go."""
        while not self._connected.is_set():
            if self._stop.is_set():
                return False
            self._connected.wait(_GLANCE)
        while not self._window.acquire(timeout=_GLANCE):
            if self._stop.is_set():
                return False
        self._client.publish(message.topic, message.payload, qos=1)
        self.published += 1
        self.readings += message.readings
        return True

    def close(self, farewell: Message, seconds: float) -> None:
        """Say a retained farewell, wait at most so many seconds for what is under way, and disconnect."""
        if self._connected.is_set():
            self.drain(seconds)
            self._client.publish(farewell.topic, farewell.payload, qos=1, retain=True).wait_for_publish(
                max(0.1, seconds)
            )
        self._client.disconnect()
        self._client.loop_stop()

    def drain(self, seconds: float) -> bool:
        """Wait at most so many seconds until everything sent has been acknowledged."""
        until = monotonic() + seconds
        taken = 0
        while taken < _WINDOW and self._window.acquire(timeout=max(0.0, until - monotonic())):
            taken += 1
        for _ in range(taken):
            self._window.release()
        return taken == _WINDOW

    def _make_client(self, broker: Broker, will: Message) -> Client:
        name = f"virtual-city-{secrets.token_hex(4)}"
        client = Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTProtocolVersion.MQTTv311)
        client.will_set(will.topic, will.payload, qos=1, retain=True)
        client.max_inflight_messages_set(_WINDOW + 100)
        client.reconnect_delay_set(min_delay=1, max_delay=15)
        if broker.user is not None:
            client.username_pw_set(broker.user, broker.password)
        if broker.tls:
            client.tls_set()
        client.on_connect = self._on_connect
        client.on_connect_fail = self._on_connect_fail
        client.on_disconnect = self._on_disconnect
        client.on_publish = self._on_publish
        client.connect_async(broker.host, broker.port, keepalive=15)
        return client

    def _on_connect(
        self, client: Client, _: object, __: ConnectFlags, reason: ReasonCode, ___: Properties | None
    ) -> None:
        if reason.is_failure:
            self._away(str(reason))
            return
        for greeting in self._greetings:
            self._greeted.add(client.publish(greeting.topic, greeting.payload, qos=1, retain=True).mid)
        self._told_away = False
        self._connected.set()
        _log.info("connected to %s", self._where)

    def _on_connect_fail(self, _: Client, __: object) -> None:
        self._away("cannot connect")

    def _on_disconnect(
        self, _: Client, __: object, ___: DisconnectFlags, reason: ReasonCode, ____: Properties | None
    ) -> None:
        self._connected.clear()
        if not self._stop.is_set():
            self._away(str(reason))

    def _on_publish(self, _: Client, __: object, number: int, ___: ReasonCode, ____: Properties) -> None:
        if number in self._greeted:
            self._greeted.remove(number)  # never took a place in the window
        else:
            self._window.release()

    def _away(self, why: str) -> None:
        if not self._told_away:
            self._told_away = True
            _log.warning("broker %s is away (%s): trying again until it is back", self._where, why)
