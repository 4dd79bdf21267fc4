"""A siren: `{"state":"on"|"off", …}` retained on a topic, so that one that comes back knows what holds.

Any step that ends the need (acknowledged, ended, withdrawn, resolved, shelved) turns it off; the channel lists which.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ingest.notify.outside import NotSentError, Outside
from ingest.notify.topics import check_topic, fill
from ingest.publisher import NotPublishedError
from sensors.outlets import Channel

NAME = "siren"
AGAIN = True
ON = frozenset({"raised", "reopened", "escalated", "unshelved"})


class Sender:
    """Switches what listens to one topic."""

    def __init__(self, channel: Channel, outside: Outside) -> None:
        check_topic(channel, outside.city)
        self._topic, self._outside = channel.address, outside

    def send(self, row: Mapping[str, Any]) -> None:
        """Raises `NotSentError` when the broker did not take it."""
        told = {
            "state": "on" if row["step"] in ON else "off",
            "alarm": row["id"],
            "rule": row["rule"],
            "at": row["at"].astimezone(self._outside.city.zone).isoformat(),
        }
        try:
            self._outside.broker.publish(fill(self._topic, row), json.dumps(told).encode(), retain=True)
        except NotPublishedError as error:
            raise NotSentError(str(error)) from None
