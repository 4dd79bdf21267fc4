"""paho's client with one thing replaced: every PUBLISH that one `recv` brought in is taken in one go.

The stock client reads a packet with three `recv` and one `select`, and makes an object of each: 58 µs a message
where this takes 3. It leans on names that paho keeps to itself, which is why the version is pinned, why everything else
is left to paho, and why the stock client stays a choice (`--reader stock`) held to the same tests. MQTT 3.1.1 only.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from time import monotonic, sleep
from typing import Any, NamedTuple

import paho.mqtt.client as mqtt
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.exception import MalformedPacket

RECEIVE_BYTES = 256 * 1024
GATHER_SECONDS = 0.002
_PUBLISH, _PUBACK = 0x30, 0x40
_EXACTLY_ONCE, _AT_LEAST_ONCE, _DUP = 0x04, 0x02, 0x08
_LONGEST_LENGTH = 4  # bytes of a remaining length
_ACKNOWLEDGEMENT = struct.Struct(">BBH")


class Packet(NamedTuple):
    """A PUBLISH of QoS 0 or 1; `mid` is 0 at QoS 0."""

    topic: bytes
    payload: bytes
    mid: int
    qos: int
    dup: bool


class MalformedError(Exception):
    """Bytes that are no MQTT: the connection is lost."""


def take_packets(held: bytes) -> tuple[list[Packet | tuple[int, bytes]], int, int]:
    """The whole packets at the start of `held`: each PUBLISH taken apart, of others the first byte and the body.

    Also how many bytes they are, and how many bytes are needed before there is another. Raises `MalformedError`.
    """
    found: list[Packet | tuple[int, bytes]] = []
    position, size = 0, len(held)
    while position + 2 <= size:
        first, length, start = held[position], held[position + 1], position + 2
        if length & 0x80:
            length, start = _length(held, position + 1)
            if not start:
                return found, position, size - position + 1
        end = start + length
        if end > size:
            return found, position, end - position
        if first & 0xF0 == _PUBLISH and not first & _EXACTLY_ONCE:
            topic_end = start + 2 + (held[start] << 8 | held[start + 1]) if length > 1 else end + 1
            qos = 1 if first & _AT_LEAST_ONCE else 0
            body = topic_end + 2 * qos
            if body > end:
                raise MalformedError("a PUBLISH shorter than its topic")
            mid = held[topic_end] << 8 | held[topic_end + 1] if qos else 0
            found.append(Packet(held[start + 2 : topic_end], held[body:end], mid, qos, bool(first & _DUP)))
        else:
            found.append((first, held[start:end]))
        position = end
    return found, position, 2


def _length(held: bytes, at: int) -> tuple[int, int]:
    """A remaining length and where the body begins; (0, 0) while not all of it is there."""
    length = 0
    for place, byte in enumerate(held[at : at + _LONGEST_LENGTH]):
        length |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return length, at + place + 1
    if len(held) - at >= _LONGEST_LENGTH:
        raise MalformedError("a remaining length of more than four bytes")
    return 0, 0


def acknowledgements(mids: Iterable[int]) -> bytes:
    """One PUBACK each, joined."""
    return b"".join([_ACKNOWLEDGEMENT.pack(_PUBACK, 2, mid) for mid in mids])


class BatchClient(mqtt.Client):
    """Gives every run of PUBLISH packets to `take_in`, on the network thread; acknowledging is the caller's."""

    def __init__(self, take_in: Callable[[list[Packet]], None], *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._take_in = take_in
        self._held: list[bytes] = []
        self._held_bytes, self._needed = 0, 2
        self._held_of: object = None  # the socket they came from
        self._received_at = 0.0

    def loop_read(self, max_packets: int = 1) -> MQTTErrorCode:  # noqa: ARG002 - paho's signature
        """Read once what is there, and take all of it."""
        if self._sock is None:
            return MQTTErrorCode.MQTT_ERR_NO_CONN
        if self._held_of is not self._sock:
            self._held, self._held_bytes, self._needed, self._held_of = [], 0, 2, self._sock
        if monotonic() - self._received_at < GATHER_SECONDS:
            sleep(GATHER_SECONDS)  # a stream: a wake-up each message would cost more than the message
        self._received_at = monotonic()
        try:
            data = self._sock_recv(RECEIVE_BYTES)
        except BlockingIOError:
            return MQTTErrorCode.MQTT_ERR_SUCCESS
        except OSError:
            data = b""
        if not data:
            return self._loop_rc_handle(MQTTErrorCode.MQTT_ERR_CONN_LOST)
        with self._msgtime_mutex:
            self._last_bytes_received = monotonic()
        return self._receive(data)

    def acknowledge(self, mids: Iterable[int]) -> None:
        """Acknowledge these in one go."""
        if joined := acknowledgements(mids):
            self._packet_queue(_PUBACK, joined, 0, 0)

    def _receive(self, data: bytes) -> MQTTErrorCode:
        self._held.append(data)
        self._held_bytes += len(data)
        if self._held_bytes < self._needed:  # a large payload is joined once, not once a recv
            return MQTTErrorCode.MQTT_ERR_SUCCESS
        held = b"".join(self._held) if len(self._held) > 1 else data
        try:
            found, used, self._needed = take_packets(held)
        except MalformedError:
            return self._loop_rc_handle(MQTTErrorCode.MQTT_ERR_PROTOCOL)
        rest = held[used:]
        self._held, self._held_bytes = [rest] if rest else [], len(rest)
        return self._hand_on(found)

    def _hand_on(self, found: list[Packet | tuple[int, bytes]]) -> MQTTErrorCode:
        run: list[Packet] = []
        for each in found:
            if isinstance(each, Packet):
                run.append(each)
                continue
            if run:
                self._take_in(run)
                run = []
            if code := self._leave_to_paho(*each):
                return self._loop_rc_handle(code)
        if run:
            self._take_in(run)
        return MQTTErrorCode.MQTT_ERR_SUCCESS

    def _leave_to_paho(self, first: int, body: bytes) -> MQTTErrorCode:
        self._in_packet |= {"command": first, "packet": bytearray(body), "remaining_length": len(body), "pos": 0}
        try:
            return self._packet_handle()
        except MalformedPacket:
            return MQTTErrorCode.MQTT_ERR_PROTOCOL
        finally:
            self._in_packet |= {"command": 0, "packet": bytearray(), "remaining_length": 0, "pos": 0}
