"""What the subscriber tells the broker, without a broker."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest
from paho.mqtt.client import DisconnectFlags
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.reasoncodes import ReasonCode

from ingest.batch_client import BatchClient, Packet
from ingest.delivery import KEPT_OF_OVERSIZE, LARGEST_PAYLOAD, Delivery
from ingest.inbox import Inbox
from ingest.subscriber import READERS, Subscriber

NOW = datetime(2026, 11, 21, tzinfo=UTC)


class Line:
    """A subscriber whose acknowledgements and deliveries we see."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, reader: str) -> None:
        self.inbox = Inbox()
        self.acknowledged: list[int] = []
        self.subscriber = Subscriber("mqtt://localhost", "ingest-0", ["tangerang/#"], self.inbox, lambda: None, reader)
        client = self.subscriber._client
        if isinstance(client, BatchClient):
            monkeypatch.setattr(client, "acknowledge", self.acknowledged.extend)
        else:
            monkeypatch.setattr(client, "ack", lambda mid, _qos: self.acknowledged.append(mid))

    def deliver(
        self, mid: int, payload: bytes = b"{}", qos: int = 1, topic: bytes = b"tangerang/readings/d"
    ) -> Delivery:
        self.subscriber._take_in([Packet(topic, payload, mid, qos, False)])
        (found,) = self.inbox.get(timeout=0)
        return found

    def lose(self) -> None:
        reason = ReasonCode(PacketTypes.DISCONNECT, "Unspecified error")
        self.subscriber._on_disconnect(self.subscriber._client, None, DisconnectFlags(False), reason, None)


@pytest.fixture(params=READERS)
def line(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Line:
    return Line(monkeypatch, request.param)


def test_an_acknowledgement_belongs_to_its_connection(line: Line) -> None:
    before = [line.deliver(1), line.deliver(2)]
    line.subscriber.acknowledge(before[:1])
    line.lose()
    after = line.deliver(2)
    line.subscriber.acknowledge(before[1:])
    assert line.acknowledged == [1]
    line.subscriber.acknowledge([after])
    assert line.acknowledged == [1, 2]


def test_what_was_sent_without_a_promise_is_not_acknowledged(line: Line) -> None:
    line.subscriber.acknowledge([line.deliver(0, qos=0)])
    assert line.acknowledged == []


def test_an_oversize_payload_is_cut_at_the_door(line: Line) -> None:
    whole = line.deliver(1, b"x" * LARGEST_PAYLOAD)
    cut = line.deliver(2, b"x" * (LARGEST_PAYLOAD + 1))
    assert (len(whole.payload), whole.size) == (LARGEST_PAYLOAD, LARGEST_PAYLOAD)
    assert (len(cut.payload), cut.size) == (KEPT_OF_OVERSIZE, LARGEST_PAYLOAD + 1)


def test_a_topic_that_is_not_utf_8_does_not_end_the_network_thread(line: Line) -> None:
    assert line.deliver(1, topic=b"tangerang/\xff").topic


@pytest.mark.parametrize(("lived", "suspicious"), [(1.0, True), (60.0, False)])
def test_only_connections_that_end_within_seconds_are_suspicious(
    line: Line, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, lived: float, *, suspicious: bool
) -> None:
    monkeypatch.setattr("ingest.subscriber.time.monotonic", lambda: lived)  # connected at 0
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            line.lose()
    assert ("another worker seems to use the client id ingest-0" in caplog.text) == suspicious
