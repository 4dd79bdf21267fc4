"""The registry of streams, and the topics it is subscribed by."""

from __future__ import annotations

import pytest

from ingest.errors import IngestError
from ingest.inbox import Inbox
from ingest.process import topic_filters
from ingest.streams import STREAMS
from ingest.subscriber import Subscriber
from sensors.city import City
from sensors.codecs import NETWORKS


def test_there_are_streams() -> None:
    assert set(STREAMS) >= {"readings", "prices", "cases", "bulletins", "devices"}


def test_one_worker_takes_all_and_several_share(city: City) -> None:
    networks = [topic for name in city.networks.heard for topic in NETWORKS[name].topics]
    assert networks
    own = ["$share/ingest/tangerang/#", "tangerang/devices/+/status"]
    assert topic_filters(city, "ingest-0", shared=False) == ["tangerang/#", *networks]
    assert topic_filters(city, "ingest-0", shared=True) == [*own, *networks]
    assert topic_filters(city, "ingest-1", shared=True) == own


@pytest.mark.parametrize("url", ["mqtt://", "mqtt://host:99999", "mqtt://host:port", "http://host", "host:1883", ""])
def test_a_url_no_broker_could_have_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(IngestError, match="the MQTT URL is malformed: expected mqtt://host:port"):
        Subscriber(url, "ingest-0", [], Inbox(), lambda: None)
