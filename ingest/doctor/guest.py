"""A client of the doctor's own: it comes to the broker, says and hears something, and leaves. Each wait has its limit.

MQTT 3.1.1 as the workers speak it, but without a thread: the socket is served while somebody waits.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Self
from urllib.parse import SplitResult

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from ingest.broker import port_of, sign_in
from ingest.errors import IngestError

LIMIT = 6.0
QUIET = 1.0
_KEEPALIVE_SECONDS = 30
_SLICE = 0.05
_silent = logging.getLogger("ingest.doctor.paho")
_silent.setLevel(logging.CRITICAL)


class GuestError(IngestError):
    """The broker did not take a guest in, ended the connection, or did not answer in time."""


class Guest:
    """One connection. A guest that is not `clean` has a session that outlives it."""

    def __init__(self, url: SplitResult, client_id: str, *, clean: bool = True) -> None:
        self.session_present = False
        self._url = url
        self._heard: list[mqtt.MQTTMessage] = []
        self._published = 0
        self._taken_in = False
        self._refused: str | None = None
        self._granted: list[ReasonCode] = []
        self._client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            client_id,
            clean_session=clean,
            protocol=mqtt.MQTTv311,
            reconnect_on_failure=False,
            manual_ack=True,
        )
        self._prepare(self._client)

    def __enter__(self) -> Self:
        try:
            self._client.connect(self._url.hostname or "localhost", port_of(self._url), _KEEPALIVE_SECONDS)
        except (OSError, UnicodeError) as error:
            raise GuestError(f"cannot be reached: {getattr(error, 'strerror', None) or error}") from None
        try:
            self._wait(lambda: self._taken_in, "word that we are taken in")
        except GuestError:
            self._leave()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def subscribe(self, topic: str) -> None:
        """Subscribe at QoS 1."""
        self._granted = []
        self._client.subscribe(topic, 1)
        self._wait(lambda: bool(self._granted), f"answer to the subscription to {topic}")
        if any(reason.is_failure for reason in self._granted):
            raise GuestError(f"it refused the subscription to {topic}")

    def publish(self, topic: str, payloads: Iterable[bytes], *, retain: bool = False) -> None:
        """Publish at QoS 1 and wait until the broker has taken all of it."""
        wanted = self._published
        for payload in payloads:
            self._client.publish(topic, payload, 1, retain)
            wanted += 1
        self._wait(lambda: self._published >= wanted, "acknowledgement of what was published")

    def hear(self, count: int, *, acknowledge: bool = True) -> list[mqtt.MQTTMessage]:
        """What comes until `count` messages are there, nothing has come for a second, or the limit is reached."""
        heard: list[mqtt.MQTTMessage] = []
        limit, quiet = time.monotonic() + LIMIT, time.monotonic() + QUIET
        while len(heard) < count and time.monotonic() < min(limit, quiet):
            self._serve()
            if self._heard:
                quiet = time.monotonic() + QUIET
                for message in self._heard if acknowledge else ():
                    self._client.ack(message.mid, message.qos)
                heard += self._heard
                self._heard = []
        return heard

    def _leave(self) -> None:
        """Say so and hang up; nobody minds when the broker is gone already."""
        self._client.disconnect()
        with suppress(GuestError):
            self._wait(lambda: self._client.socket() is None, "way out")

    def _wait(self, done: Callable[[], bool], what: str) -> None:
        limit = time.monotonic() + LIMIT
        while not done():
            if time.monotonic() > limit:
                raise GuestError(f"no {what} within {LIMIT:g} s")
            self._serve()

    def _serve(self) -> None:
        if self._client.loop(_SLICE) is not MQTTErrorCode.MQTT_ERR_SUCCESS:
            raise GuestError(self._refused or "it ended the connection")

    def _prepare(self, client: mqtt.Client) -> None:
        client.enable_logger(_silent)
        client.connect_timeout = LIMIT
        client.max_inflight_messages_set(0)
        sign_in(client, self._url)
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_publish = self._on_publish
        client.on_message = self._on_message

    def _on_connect(
        self, _client: mqtt.Client, _data: object, flags: mqtt.ConnectFlags, reason: ReasonCode, _: Properties | None
    ) -> None:
        if reason.is_failure:
            self._refused = f"refused us: {reason}"
        else:
            self._taken_in, self.session_present = True, flags.session_present

    def _on_subscribe(
        self, _client: mqtt.Client, _data: object, _mid: int, reasons: list[ReasonCode], _: Properties | None
    ) -> None:
        self._granted = reasons

    def _on_publish(self, _client: mqtt.Client, _data: object, _mid: int, _reason: ReasonCode, _: Properties) -> None:
        self._published += 1

    def _on_message(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        self._heard.append(message)
