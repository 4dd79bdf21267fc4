"""Retries that a desk has asked for: taken up by the one maintenance process that has the place for it."""

from __future__ import annotations

import logging
import time

from data.errors import DatabaseAway, DataError
from data.retries import RetryRequest, RetryRequests
from ingest.retry import retry_for
from sensors.city import City

_log = logging.getLogger(__name__)


class Retries:
    """Looks for requests and does them, as this city understands messages."""

    def __init__(self, url: str, city: City) -> None:
        self._url = url
        self._city = city
        self._requests = RetryRequests(url)
        self._away = False

    def look(self) -> None:
        """Do the oldest request, if there is one that nobody else does.

        While the database is away, or when this process is killed meanwhile, it stays undone and is taken up again: to
        repeat a retry changes nothing.
        """
        try:
            request = self._requests.take()
            if request is not None:
                self._do(request)
        except DataError as error:
            self._requests.close()
            if not self._away:
                _log.warning("could not look for requests to retry: %s: trying again", error)
            self._away = True
        else:
            self._away = False

    def close(self) -> None:
        """Close the connection."""
        self._requests.close()

    def _do(self, request: RetryRequest) -> None:
        begun, what = time.monotonic(), request.reason or "everything"
        _log.info("reading again what was refused: %s", what)
        try:
            understood, kept = retry_for(self._city, self._url, request.reason)
        except DatabaseAway:
            raise
        except DataError as error:
            _log.warning("could not read %s again: %s", what, error)
            self._requests.fail(request, str(error))
        else:
            self._requests.finish(request, understood, kept)
            _log.info("%d taken in, %d still put aside, in %.1f s", understood, kept, time.monotonic() - begun)
