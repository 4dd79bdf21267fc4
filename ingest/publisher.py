"""The way out: messages at QoS 1, each known to be with the broker before the next."""

from __future__ import annotations

import logging
import secrets
import threading
from types import TracebackType
from typing import Self

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from ingest.broker import port_of, sign_in, split_url, where
from ingest.delivery import LARGEST_PAYLOAD
from ingest.errors import IngestError

PATIENCE = 15.0
"""Seconds to wait for the broker, to come or to acknowledge."""
_KEEPALIVE = 30
_log = logging.getLogger(__name__)
_paho_log = logging.getLogger("ingest.paho")


class NotPublishedError(IngestError):
    """The broker did not take a message; another try is worth it."""


class Publisher:
    """One connection, made when it is entered and mended by itself."""

    def __init__(self, url: str, name: str) -> None:
        """`name` begins the client id."""
        self._url = split_url(url)
        self._connected = threading.Event()
        self._client = mqtt.Client(
            CallbackAPIVersion.VERSION2, f"{name}-{secrets.token_hex(4)}", protocol=mqtt.MQTTv311
        )
        self._client.enable_logger(_paho_log)
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = self._on_disconnect
        self._client.reconnect_delay_set(1, 15)
        sign_in(self._client, self._url)

    @property
    def connected(self) -> bool:
        """Whether the broker has taken us in and not lost us since."""
        return self._connected.is_set()

    def __enter__(self) -> Self:
        """Begin to connect."""
        self._client.connect_async(self._url.hostname or "localhost", port_of(self._url), _KEEPALIVE)
        self._client.loop_start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        """Disconnect."""
        self._client.disconnect()
        self._client.loop_stop()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Hand a message to the broker. Raises `NotPublishedError` when it did not take it in time."""
        if not self._connected.wait(PATIENCE):
            raise NotPublishedError(f"MQTT broker at {where(self._url)}: no answer in {PATIENCE:g} s")
        if len(payload) > LARGEST_PAYLOAD:
            _log.warning("a message of %d bytes on %s will be refused as oversize", len(payload), topic)
        sent = self._client.publish(topic, payload, qos=1, retain=retain)
        try:
            sent.wait_for_publish(PATIENCE)
        except (RuntimeError, ValueError) as error:
            raise NotPublishedError(f"MQTT broker at {where(self._url)}: {error}") from None
        if not sent.is_published():
            raise NotPublishedError(f"MQTT broker at {where(self._url)}: not acknowledged in {PATIENCE:g} s")

    def _on_connect(
        self, _: mqtt.Client, __: object, ___: mqtt.ConnectFlags, reason: ReasonCode, ____: Properties | None
    ) -> None:
        if reason.is_failure:
            _log.error("the broker at %s refused us: %s", where(self._url), reason)
        else:
            self._connected.set()

    def _on_disconnect(
        self, _: mqtt.Client, __: object, ___: mqtt.DisconnectFlags, ____: ReasonCode, _____: Properties | None
    ) -> None:
        self._connected.clear()
