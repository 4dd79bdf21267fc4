"""The way out: MQTT publications at QoS 1 with a bounded number under way, patient while the broker is away.

The network is served by whoever sends or rests, in one thread: paho's own thread costs 2.5 times as much a message.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from threading import Event
from time import monotonic
from urllib.parse import unquote, urlsplit

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from sensors.virtual_city.messages import Message

_log = logging.getLogger(__name__)
_WINDOW = 1000  # publications under way at once: this bounds memory, whatever the broker does
_BURST = 50  # publications between two looks at what the broker says
_GLANCE = 0.2  # s between looks at `stop` while waiting
_SOONEST, _LATEST = 1.0, 15.0  # s between attempts to connect: the first, and at most


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
        self._under_way = 0
        self._unseen = 0
        self._greetings: tuple[Message, ...] = ()
        self._uncounted: set[int] = set()
        self._told_away = False
        self._pause = _SOONEST
        self._next_attempt = 0.0
        self._where = f"{broker.host}:{broker.port}"
        self._client = self._make_client(broker, will)

    def open(self, *greetings: Message) -> None:
        """Connect if the broker is there; `greetings` are published retained on this and every later connection."""
        self._greetings = greetings
        self.rest(0.0)

    def send(self, message: Message) -> bool:
        """Publish; False when stopped before the message could go."""
        while not self._client.is_connected() or self._under_way >= _WINDOW:
            if self._stop.is_set():
                return False
            self.rest(_GLANCE)
        self._client.publish(message.topic, message.payload, qos=1, retain=message.retained)
        self._under_way += 1
        self.published += 1
        self.readings += message.readings
        self._unseen += 1
        if self._unseen >= _BURST:
            self.rest(0.0)
        return True

    def rest(self, seconds: float) -> None:
        """Serve the network, or try to reach it, for at most so many seconds; returns early when something happened."""
        self._unseen = 0
        if self._client.socket() is not None:
            self._client.loop(seconds)
        elif monotonic() >= self._next_attempt:
            self._connect()
        else:
            self._stop.wait(min(seconds, self._next_attempt - monotonic()))

    def drain(self, seconds: float) -> bool:
        """Wait at most so many seconds until everything sent has been acknowledged."""
        until = monotonic() + seconds
        while self._under_way and self._client.is_connected() and monotonic() < until:
            self.rest(_GLANCE)
        return not self._under_way

    def close(self, farewell: Message, seconds: float) -> None:
        """Hand over what is under way, say a retained farewell, disconnect; each step waits so many seconds at most."""
        self.drain(seconds)
        if self._client.is_connected():
            self._publish_retained(farewell)
            until = monotonic() + seconds
            while self._uncounted and self._client.is_connected() and monotonic() < until:
                self.rest(_GLANCE)
        self._client.disconnect()

    def _make_client(self, broker: Broker, will: Message) -> Client:
        name = f"virtual-city-{secrets.token_hex(4)}"
        client = Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTProtocolVersion.MQTTv311)
        client.will_set(will.topic, will.payload, qos=1, retain=True)
        client.max_inflight_messages_set(0)  # the window is ours
        if broker.user is not None:
            client.username_pw_set(broker.user, broker.password)
        if broker.tls:
            client.tls_set()
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_publish = self._on_publish
        client.connect_async(broker.host, broker.port, keepalive=15)
        return client

    def _connect(self) -> None:
        self._next_attempt = monotonic() + self._pause
        self._pause = min(2 * self._pause, _LATEST)
        try:
            self._client.reconnect()
        except OSError as error:
            self._away(str(error))

    def _publish_retained(self, message: Message) -> None:
        sent = self._client.publish(message.topic, message.payload, qos=1, retain=True)
        self._uncounted.add(sent.mid)

    def _on_connect(
        self, _: Client, __: object, ___: ConnectFlags, reason: ReasonCode, ____: Properties | None
    ) -> None:
        if reason.is_failure:
            self._away(str(reason))
            return
        self._told_away, self._pause = False, _SOONEST
        for greeting in self._greetings:
            self._publish_retained(greeting)
        _log.info("connected to %s", self._where)

    def _on_disconnect(
        self, _: Client, __: object, ___: DisconnectFlags, reason: ReasonCode, ____: Properties | None
    ) -> None:
        if not self._stop.is_set():
            self._away(str(reason))

    def _on_publish(self, _: Client, __: object, number: int, ___: ReasonCode, ____: Properties) -> None:
        if number in self._uncounted:
            self._uncounted.remove(number)
        else:
            self._under_way -= 1

    def _away(self, why: str) -> None:
        if not self._told_away:
            self._told_away = True
            _log.warning("broker %s is away (%s): trying again until it is back", self._where, why)
