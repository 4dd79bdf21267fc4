"""What the broker says of itself under `$SYS`, heard over a connection that nothing else depends on.

A broker that is away, or that says nothing there, stops nobody: less is known then. What was told before a connection
broke is forgotten with it, for the next broker may be another one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from types import MappingProxyType

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from ingest.broker import PAHO_LOG, port_of, sign_in, split_url, where

TOLD = MappingProxyType(
    {
        "$SYS/broker/version": "broker_version",
        "$SYS/broker/publish/messages/dropped": "dropped",
        "$SYS/broker/clients/connected": "clients",
        "$SYS/broker/store/messages/count": "held",
    }
)
"""By topic, what it is called in the heartbeat's state."""
KEEPALIVE_SECONDS = 10
_LONGEST_WAIT_SECONDS = 30
_SHORT_LIFE_SECONDS, _SUSPICIOUS, _SLOWLY_SECONDS = 10.0, 3, 60
_LONGEST_VERSION, _MOST_DIGITS = 60, 15
_log = logging.getLogger(__name__)


class BrokerWatch:
    """Listens under a client id of its own and reconnects by itself; `changed` is called when the broker comes or goes.

    Raises `IngestError` for a malformed URL, and never for a broker that is not there.
    """

    def __init__(self, url: str, client_id: str) -> None:
        self.changed: Callable[[], None] = lambda: None
        self._url = split_url(url)
        self._told: dict[str, str | int] = {}
        self._lock = threading.Lock()
        self._connected = False
        self._connected_at = 0.0
        self._short_lives = 0
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id, clean_session=True, protocol=mqtt.MQTTv311)
        self._client.enable_logger(PAHO_LOG)
        sign_in(self._client, self._url)
        self._client.reconnect_delay_set(1, _LONGEST_WAIT_SECONDS)
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = self._on_disconnect
        self._client.on_message = self._on_message

    def start(self) -> None:
        """Begin to listen, without waiting for the broker."""
        self._client.connect_async(self._url.hostname or "localhost", port_of(self._url), KEEPALIVE_SECONDS)
        self._client.loop_start()

    def stop(self) -> None:
        """Leave the broker and end the network thread."""
        self._client.disconnect()
        self._client.loop_stop()

    def state(self) -> dict[str, object]:
        """`{"broker": "connected", "dropped": 0, …}`; of what the broker does not tell there is nothing."""
        with self._lock:
            return {"broker": "connected" if self._connected else "away", **self._told}

    def metrics(self) -> str:
        """How many messages the broker has dropped, as Prometheus text; empty while it does not say."""
        dropped = self.state().get("dropped")
        if not isinstance(dropped, int):
            return ""
        registry = CollectorRegistry()
        Gauge("liveroom_broker_dropped", "Messages the broker has dropped since it started", registry=registry).set(
            dropped
        )
        return generate_latest(registry).decode()

    def _on_connect(
        self,
        client: mqtt.Client,
        _data: object,
        _flags: mqtt.ConnectFlags,
        reason: ReasonCode,
        _more: Properties | None,
    ) -> None:
        if reason.is_failure:
            _log.warning("the broker at %s refused to be watched: %s", where(self._url), reason)
            return
        client.subscribe([(topic, 0) for topic in TOLD])
        self._connected_at = time.monotonic()
        self._turned(connected=True)
        _log.info("watching the broker at %s", where(self._url))

    def _on_disconnect(
        self,
        _client: mqtt.Client,
        _data: object,
        _flags: mqtt.DisconnectFlags,
        reason: ReasonCode,
        _more: Properties | None,
    ) -> None:
        if self._connected and reason.is_failure:
            _log.warning("lost sight of the broker at %s: %s: reconnecting", where(self._url), reason)
            self._suspect(time.monotonic() - self._connected_at)
        self._turned(connected=False)

    def _suspect(self, lived: float) -> None:
        """Two of one client id would throw each other out for ever: go at it slowly then, and say so once."""
        if lived >= _SHORT_LIFE_SECONDS:
            self._short_lives = 0
            self._client.reconnect_delay_set(1, _LONGEST_WAIT_SECONDS)
            return
        self._short_lives += 1
        if self._short_lives == _SUSPICIOUS:
            self._client.reconnect_delay_set(_SLOWLY_SECONDS, _SLOWLY_SECONDS)
            _log.error(
                "the broker ended %d connections in a row within seconds: another maintenance process seems to use the "
                "client id too: give each its own with --client-id",
                _SUSPICIOUS,
            )

    def _turned(self, *, connected: bool) -> None:
        with self._lock:
            self._connected = connected
            self._told.clear()
        self.changed()

    def _on_message(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        name = TOLD.get(message.topic)
        payload = bytes(message.payload)
        said = _version(payload) if name == "broker_version" else _count(payload)
        if name and said is not None:
            with self._lock:
                self._told[name] = said


def _version(payload: bytes) -> str | None:
    """`mosquitto 2.0.21`, of what Mosquitto calls `mosquitto version 2.0.21`."""
    words = payload.decode(errors="replace").replace(" version ", " ")
    return "".join(letter for letter in words if letter.isprintable())[:_LONGEST_VERSION].strip() or None


def _count(payload: bytes) -> int | None:
    return int(payload) if payload.isdigit() and len(payload) <= _MOST_DIGITS else None
