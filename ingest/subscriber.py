"""The connection to the broker: a persistent session, nothing acknowledged before we are told to.

paho with MQTT 3.1.1, by its own reader or by ours (docs/decisions/0002). The network thread never waits for the writer:
the broker's window of messages in flight is the back-pressure.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from ingest.batch_client import BatchClient, Packet
from ingest.broker import PAHO_LOG, port_of, sign_in, split_url, where
from ingest.delivery import KEPT_OF_OVERSIZE, LARGEST_PAYLOAD, Delivery
from ingest.errors import IngestError
from ingest.inbox import Inbox

KEEPALIVE_SECONDS = 5
READERS = ("batch", "stock")
_START_SECONDS = 10.0
_SHORT_LIFE_SECONDS = 10.0
_SUSPICIOUS = 3  # such lives in a row; and again after as many, not each time
_log = logging.getLogger(__name__)


class Subscriber:
    """One worker's session. Deliveries go to `inbox`; `changed` is called when the broker comes or goes.

    Without a promise the broker neither remembers the session nor awaits acknowledgements: messages may be lost.
    `reader` says who reads the socket: `batch` everything at once (`ingest.batch_client`), `stock` paho by packets.
    """

    def __init__(
        self,
        url: str,
        client_id: str,
        filters: Iterable[str],
        inbox: Inbox,
        changed: Callable[[], None],
        reader: str = "batch",
        *,
        promised: bool = True,
    ) -> None:
        self._url = split_url(url)
        self._filters = [(topic, int(promised)) for topic in filters]
        self._inbox = inbox
        self._changed = changed
        self._connected = threading.Event()
        self._refused: str | None = None
        self._generation = 0
        self._generations = threading.Lock()  # an acknowledgement must not slip into the next connection
        self._connected_at = 0.0
        self._short_lives = 0
        self._leaving = False
        self._client = self._new_client(client_id, reader, clean=not promised)

    @property
    def connected(self) -> bool:
        """Whether the broker has taken us in and not lost us since."""
        return self._connected.is_set()

    def begin(self) -> None:
        """Connect and begin to take in, without waiting for it."""
        self._client.connect_async(self._url.hostname or "localhost", port_of(self._url), KEEPALIVE_SECONDS)
        self._client.loop_start()

    def start(self) -> None:
        """Connect and begin to take in. Raises `IngestError` when the broker does not take us in within ten seconds."""
        self.begin()
        if not self._connected.wait(_START_SECONDS):
            self.stop()
            why = self._refused or f"no answer in {_START_SECONDS:g} s"
            raise IngestError(f"MQTT broker at {where(self._url)}: {why}: expected one that takes us in")

    def acknowledge(self, deliveries: Iterable[Delivery]) -> None:
        """Tell the broker that these are committed; those of an earlier connection it delivers again by itself."""
        with self._generations:
            mids = [each.mid for each in deliveries if each.qos and each.generation == self._generation]
            if isinstance(self._client, BatchClient):
                self._client.acknowledge(mids)
            else:
                for mid in mids:
                    self._client.ack(mid, 1)

    def publish(self, topic: str, payload: bytes) -> None:
        """Send a message of our own, once, as long as the broker is there."""
        if self.connected:
            self._client.publish(topic, payload, qos=0)

    def fetch_again(self) -> None:
        """Break the connection, so that the broker delivers again what was not acknowledged."""
        self._leaving = True
        connection = self._client.socket()
        if isinstance(connection, socket.socket):
            with contextlib.suppress(OSError):  # it may be gone already, which is all we want
                connection.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Send what is still to be sent, disconnect and end the network thread."""
        self._leaving = True
        self._client.disconnect()
        self._client.loop_stop()

    def _new_client(self, client_id: str, reader: str, *, clean: bool) -> mqtt.Client:
        made = partial(BatchClient, self._take_in) if reader == "batch" else mqtt.Client
        client = made(
            CallbackAPIVersion.VERSION2, client_id, clean_session=clean, protocol=mqtt.MQTTv311, manual_ack=True
        )
        client.enable_logger(PAHO_LOG)
        sign_in(client, self._url)
        client.reconnect_delay_set(1, 5)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        return client

    def _on_connect(
        self, client: mqtt.Client, _data: object, flags: mqtt.ConnectFlags, reason: ReasonCode, _more: Properties | None
    ) -> None:
        if reason.is_failure:
            self._refused = f"refused us: {reason}"
            _log.error("the broker at %s %s", where(self._url), self._refused)
            return
        # The broker may have forgotten us, or been replaced: subscribe on every connect, whatever it says.
        client.subscribe(self._filters)
        self._connected_at = time.monotonic()
        self._leaving = False
        self._connected.set()
        _log.info("connected to the broker at %s, session_present=%s", where(self._url), flags.session_present)
        self._changed()

    def _on_subscribe(
        self, _client: mqtt.Client, _data: object, _mid: int, reasons: list[ReasonCode], _more: Properties | None
    ) -> None:
        for (topic, _), reason in zip(self._filters, reasons, strict=False):
            if reason.is_failure:
                _log.error("the broker at %s refused the subscription to %s: %s", where(self._url), topic, reason)

    def _on_disconnect(
        self,
        client: mqtt.Client,
        _data: object,
        _flags: mqtt.DisconnectFlags,
        reason: ReasonCode,
        _more: Properties | None,
    ) -> None:
        with self._generations:
            self._generation += 1
        self._connected.clear()
        if self._leaving:
            return
        lived = time.monotonic() - self._connected_at
        self._short_lives = self._short_lives + 1 if lived < _SHORT_LIFE_SECONDS else 0
        _log.warning("lost the broker at %s after %.1f s: %s: reconnecting", where(self._url), lived, reason)
        if self._short_lives % _SUSPICIOUS == 0 < self._short_lives:
            _log.error(
                "the broker ended %d connections in a row within seconds: another worker seems to use the client id "
                "%s too: give each its own with --client-id",
                self._short_lives,
                client._client_id.decode(),  # noqa: SLF001 - paho has no public name for it
            )
        self._changed()

    def _on_message(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        topic = message._topic  # noqa: SLF001 - as bytes: the public name raises for what is not UTF-8
        self._take_in([Packet(topic, bytes(message.payload), message.mid, message.qos, message.dup)])

    def _take_in(self, packets: Sequence[Packet]) -> None:
        now, generation = datetime.now(UTC), self._generation
        self._inbox.put(
            [
                Delivery(
                    topic.decode(errors="backslashreplace"),  # a broker should refuse it; it must not end the thread
                    payload if len(payload) <= LARGEST_PAYLOAD else payload[:KEPT_OF_OVERSIZE],
                    len(payload),
                    now,
                    dup,
                    mid,
                    qos,
                    generation,
                )
                for topic, payload, mid, qos, dup in packets
            ]
        )
