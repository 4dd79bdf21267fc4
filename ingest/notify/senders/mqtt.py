"""A CloudEvent on a topic of the room's broker, QoS 1; `{priority}`, `{rule}` and `{agency}` are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest.notify.event import cloud_event
from ingest.notify.outside import NotSentError, Outside
from ingest.notify.topics import check_topic, fill
from ingest.publisher import NotPublishedError
from sensors.outlets import Channel

NAME = "mqtt"
AGAIN = True


class Sender:
    """Publishes to one topic."""

    def __init__(self, channel: Channel, outside: Outside) -> None:
        check_topic(channel, outside.city)
        self._topic, self._outside = channel.address, outside

    def send(self, row: Mapping[str, Any]) -> None:
        """Raises `NotSentError` when the broker did not take it."""
        event = cloud_event(row, self._outside.city, self._outside.public_url)
        try:
            self._outside.broker.publish(fill(self._topic, row), event)
        except NotPublishedError as error:
            raise NotSentError(str(error)) from None
