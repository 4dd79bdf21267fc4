"""Both readers of the broker's socket, held to the same bytes."""

from __future__ import annotations

import itertools
import random
import socket
from collections.abc import Iterator

import pytest

from ingest.batch_client import MalformedError, acknowledgements, take_packets
from ingest.delivery import KEPT_OF_OVERSIZE, LARGEST_PAYLOAD, Delivery
from ingest.inbox import Inbox
from ingest.subscriber import READERS, Subscriber

PINGRESP = b"\xd0\x00"
LONG = b"x" * 70_000


def publish(topic: bytes, payload: bytes, mid: int = 1, qos: int = 1, *, dup: bool = False) -> bytes:
    """A PUBLISH as a broker sends it (MQTT 3.1.1, 3.3)."""
    body = len(topic).to_bytes(2) + topic + (mid.to_bytes(2) if qos else b"") + payload
    length, rest = b"", len(body)
    while True:
        rest, byte = rest >> 7, rest & 0x7F
        length += bytes([byte | (0x80 if rest else 0)])
        if not rest:
            return bytes([0x30 | qos << 1 | dup << 3]) + length + body


class Wire:
    """A subscriber whose socket we hold the other end of."""

    def __init__(self, reader: str) -> None:
        self.inbox = Inbox()
        self.subscriber = Subscriber("mqtt://localhost", "ingest-0", [], self.inbox, lambda: None, reader)
        self.client = self.subscriber._client
        self.reconnect()

    def reconnect(self) -> None:
        self.ours, theirs = socket.socketpair()
        self.ours.settimeout(5)
        theirs.setblocking(False)
        self.client._sock = theirs

    def receive(self, *pieces: bytes) -> list[Delivery]:
        for piece in pieces:
            self.ours.sendall(piece)
            for _ in range(8):  # the stock client takes a packet at a time
                self.client.loop_read()
        return self.taken()

    def taken(self) -> list[Delivery]:
        found: list[Delivery] = []
        while some := self.inbox.get(timeout=0):
            found.extend(some)
        return found

    def close(self) -> None:
        self.ours.close()
        if self.client._sock is not None:
            self.client._sock.close()
            self.client._sock = None


@pytest.fixture(params=READERS)
def wire(request: pytest.FixtureRequest) -> Iterator[Wire]:
    made = Wire(request.param)
    yield made
    made.close()


def facts(found: list[Delivery]) -> list[tuple[str, bytes, int, int, bool]]:
    return [(each.topic, each.payload, each.mid, each.qos, each.redelivered) for each in found]


def test_a_publish_is_taken_apart(wire: Wire) -> None:
    found = wire.receive(publish(b"t/readings/a", b"{}", 0xABCD, dup=True) + publish(b"t/b", b"", 0, qos=0))
    assert facts(found) == [("t/readings/a", b"{}", 0xABCD, 1, True), ("t/b", b"", 0, 0, False)]


@pytest.mark.parametrize("size", [0, 1, 117, 118, 119, 16_375, 16_376, 16_377, 70_000])
def test_lengths_of_one_to_three_bytes(wire: Wire, size: int) -> None:
    packet = publish(b"t/a", b"x" * size, 7)
    found = wire.receive(*(packet[i : i + 50_000] for i in range(0, len(packet), 50_000)), publish(b"t/b", b"y", 8))
    assert [(each.size, each.mid) for each in found] == [(size, 7), (1, 8)]


def test_a_packet_may_come_in_any_two_pieces(wire: Wire) -> None:
    both = publish(b"t/a", b"x" * 200, 7) + publish(b"t/b", b"y", 8)
    for cut in range(1, len(both)):
        assert [each.mid for each in wire.receive(both[:cut], both[cut:])] == [7, 8]


def test_any_pieces_give_the_same(wire: Wire) -> None:
    chance = random.Random(5)
    for _ in range(30):
        sent = [(b"t/%d" % i, bytes(chance.randrange(400)), chance.randrange(1, 65536)) for i in range(6)]
        whole = b"".join(publish(*each) + (PINGRESP if chance.random() < 0.3 else b"") for each in sent)
        cuts = sorted({0, len(whole), *(chance.randrange(len(whole)) for _ in range(5))})
        pieces = [whole[a:b] for a, b in itertools.pairwise(cuts)]
        assert facts(wire.receive(*pieces)) == [(topic.decode(), body, mid, 1, False) for topic, body, mid in sent]


def test_an_oversize_payload_is_cut_and_counted(wire: Wire) -> None:
    packet = publish(b"t/a", b"x" * (LARGEST_PAYLOAD + 1))
    (found,) = wire.receive(*(packet[i : i + 60_000] for i in range(0, len(packet), 60_000)))
    assert (len(found.payload), found.size) == (KEPT_OF_OVERSIZE, LARGEST_PAYLOAD + 1)


def test_a_topic_that_is_not_utf_8_ends_nothing(wire: Wire) -> None:
    first, second = wire.receive(publish(b"t/\xff", b"{}", 1) + publish(b"t/b", b"{}", 2))
    assert (first.topic, second.topic) == ("t/\\xff", "t/b")


@pytest.mark.parametrize("wrong", [b"\x32\xff\xff\xff\xff\x01", b"\x32\x04\x00\xffab", b"\xf0\x00", b""])
def test_what_is_no_mqtt_loses_the_connection(wire: Wire, wrong: bytes) -> None:
    if wrong:
        wire.ours.sendall(wrong)
    else:
        wire.ours.close()
    for _ in range(8):
        wire.client.loop_read()
    assert wire.client._sock is None
    assert wire.taken() == []


def test_half_a_packet_of_a_lost_connection_is_forgotten(wire: Wire) -> None:
    assert wire.receive(publish(b"t/a", b"x" * 200, 7)[:100]) == []
    wire.close()
    wire.client._in_packet = _fresh()  # as paho does when it connects again
    wire.reconnect()
    assert [each.mid for each in wire.receive(publish(b"t/b", b"y", 8))] == [8]


def _fresh() -> dict[str, object]:
    return {"command": 0, "have_remaining": 0, "remaining_count": [], "remaining_mult": 1, "remaining_length": 0,
            "packet": bytearray(), "to_process": 0, "pos": 0}  # fmt: skip


def test_all_of_a_batch_is_acknowledged(wire: Wire) -> None:
    found = wire.receive(b"".join(publish(b"t/a", b"{}", mid) for mid in (1, 2, 65_535)))
    wire.subscriber.acknowledge(found)
    wire.client.loop_write()
    assert wire.ours.recv(100) == b"\x40\x02\x00\x01\x40\x02\x00\x02\x40\x02\xff\xff"


def test_nothing_to_acknowledge_is_no_packet() -> None:
    assert acknowledgements([]) == b""


def test_random_bytes_are_packets_or_malformed() -> None:
    chance = random.Random(7)
    for _ in range(20_000):
        held = chance.randbytes(chance.randrange(40))
        try:
            _, used, needed = take_packets(held)
        except MalformedError:
            continue
        assert 0 <= used <= len(held)
        assert needed > len(held) - used
