"""Cases that other programs reported by HTTP are published like everybody else's: one path stores them all."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from json import dumps
from typing import Any

from data.errors import DataError
from data.outgoing import Outgoing
from ingest.publisher import NotPublishedError, Publisher
from sensors.city import City

_log = logging.getLogger(__name__)


class OutgoingCases:
    """Hands on what waits, as long as the broker takes it."""

    def __init__(self, url: str, city: City, publisher: Publisher) -> None:
        self._outgoing, self._root, self._publisher = Outgoing(url), city.topic_root, publisher
        self._away = False

    def look(self) -> None:
        """Publish every case that waits; what cannot be published now stays for the next look."""
        if not self._publisher.connected:
            return
        try:
            while self._outgoing.hand_on(self._publish):
                pass
        except (DataError, NotPublishedError) as error:
            self._outgoing.close()
            if not self._away:
                _log.warning("could not hand on a reported case: %s: trying again", error)
            self._away = True
        else:
            self._away = False

    def close(self) -> None:
        """Close the connection."""
        self._outgoing.close()

    def _publish(self, service: str, case: Mapping[str, Any]) -> None:
        self._publisher.publish(f"{self._root}/cases/{service}", dumps(case, ensure_ascii=False).encode())
