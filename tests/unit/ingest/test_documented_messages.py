"""Every message that docs/messages.md shows is taken as it stands."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.delivery import Delivery
from ingest.sorting import Sorter
from sensors.city import City

NOW = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
SHOWN = re.findall(r"(?ms)^```(?:json|xml) (\S+)\n(.*?)^```", Path("docs/messages.md").read_text(encoding="utf-8"))


def test_there_are_messages_of_every_stream() -> None:
    own = {topic.split("/")[1] for topic, _ in SHOWN if topic.startswith("tangerang/")}
    assert own == {"readings", "prices", "cases", "bulletins"}
    assert {topic.split("/")[0] for topic, _ in SHOWN} >= {"application", "tele"}


@pytest.mark.parametrize(("topic", "payload"), SHOWN, ids=[topic for topic, _ in SHOWN])
def test_a_documented_message_is_taken_whole(topic: str, payload: str, city: City) -> None:
    body = payload.encode()
    message = Sorter(city).take_apart(
        Delivery(topic, body, len(body), NOW, redelivered=False, mid=1, qos=1, generation=1)
    )
    assert message.rejections == ()
    assert message.rows > 1 or message.bulletins or "bmkg-" in topic
