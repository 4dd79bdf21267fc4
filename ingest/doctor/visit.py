"""All guests of one run of the doctor: client ids and topics that nobody else has, and nothing left behind."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from urllib.parse import SplitResult

from ingest.doctor.guest import Guest, GuestError

TOPICS = "liveroom-doctor"  # outside of every city's topics: the workers must not hear it


class Visit:
    """All guests of one run: client ids and topics that nobody else has."""

    def __init__(self, url: SplitResult) -> None:
        self._url = url
        self._token = secrets.token_hex(4)
        self._numbers = itertools.count(1)

    def guest(self) -> Guest:
        """A guest that leaves nothing behind."""
        return Guest(self._url, self._new_id())

    @contextmanager
    def session(self) -> Iterator[Callable[[], Guest]]:
        """Guests that come and go in one lasting session, which is forgotten at the end."""
        client_id = self._new_id()
        try:
            yield partial(Guest, self._url, client_id, clean=False)
        finally:
            with suppress(GuestError):
                self._forget(client_id)

    def finds_a_stranger(self) -> bool:
        """Whether a client id never used before finds a session: if so we must clear none."""
        client_id = self._new_id()
        with Guest(self._url, client_id, clean=False) as guest:
            found = guest.session_present
        if not found:
            self._forget(client_id)
        return found

    def topic(self, name: str) -> str:
        """A topic of this run's own."""
        return f"{TOPICS}/{self._token}/{name}"

    def publish(self, topic: str, payloads: Iterable[bytes], *, retain: bool = False) -> None:
        """Publish as a guest of its own."""
        with self.guest() as guest:
            guest.publish(topic, payloads, retain=retain)

    def _forget(self, client_id: str) -> None:
        with Guest(self._url, client_id):
            """A clean guest takes the session along when it goes."""

    def _new_id(self) -> str:
        return f"doctor-{self._token}-{next(self._numbers)}"
