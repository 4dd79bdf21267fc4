"""The rounds: which address is due, what is new there, and handing it on before it is remembered."""

from __future__ import annotations

import heapq
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.fetch.counts import Counts
from ingest.fetch.documents import Document, Link, NotADocumentError, documents, links
from ingest.fetch.download import Downloader, Fetched, FetchError, Validators
from ingest.fetch.memory import Memory, Seen
from ingest.publisher import NotPublishedError
from sensors.city import City, Source

SOON = 60.0
"""Seconds until an address is tried again whose documents the broker did not take."""
LIST = "rss-cap"
_log = logging.getLogger(__name__)
Publish = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True)
class Address:
    """One URL of a source. URLs may hold a key of the city's, so logs name the source instead."""

    source: Source
    url: str


def addresses(city: City) -> tuple[Address, ...]:
    """Every address that the pack's sources mean."""
    return tuple(Address(source, url) for source in city.sources for url in source.urls(city.subdistricts))


class Rounds:
    """Asks each address when it is due. `clock` gives epoch seconds."""

    def __init__(
        self, downloader: Downloader, publish: Publish, memory: Memory, counts: Counts, clock: Callable[[], float]
    ) -> None:
        self._downloader = downloader
        self._publish = publish
        self._memory = memory
        self._counts = counts
        self._clock = clock

    def run(self, all_: Iterable[Address], stopping: threading.Event) -> None:
        """Ask until stopped."""
        queue = [(self._due(each), number, each) for number, each in enumerate(all_)]
        heapq.heapify(queue)
        self._memory.keep(frozenset(each.url for _, _, each in queue))
        while queue and not stopping.is_set():
            due, number, each = queue[0]
            if stopping.wait(max(0.0, due - self._clock())):
                break
            after = each.source.every if self.ask(each) else SOON
            heapq.heapreplace(queue, (self._clock() + after, number, each))

    def once(self, all_: Iterable[Address], stopping: threading.Event) -> None:
        """Ask each address one time, due or not."""
        for each in all_:
            if stopping.is_set():
                return
            self.ask(each)

    def _due(self, each: Address) -> float:
        """A restart does not make anything due sooner."""
        return min(self._memory.of(each.url).asked_at, self._clock()) + each.source.every

    def ask(self, each: Address) -> bool:
        """Fetch what is new at an address and hand it on; False when the broker did not take it."""
        seen = self._memory.of(each.url)
        seen.asked_at = self._clock()
        try:
            fetched = self._downloader.get(each.url, Validators(seen.etag, seen.modified))
            if fetched.body is None:
                self._counts.add(each.source.key, "unchanged")
            elif self._take_in(each, fetched.body, seen):
                _keep(seen, fetched)
        except (FetchError, NotADocumentError) as error:
            self._failed(each, error)
        except NotPublishedError as error:
            self._failed(each, error)
            return False
        finally:
            self._memory.write()
        return True

    def _take_in(self, each: Address, body: bytes, seen: Seen) -> bool:
        """Hand on what a body holds; whether all of it is dealt with."""
        if each.source.format == LIST:
            return self._follow(each, links(body, each.url), seen)
        self._hand_on(each, documents(each.source.format, body), seen)
        return True

    def _follow(self, each: Address, entries: tuple[Link, ...], seen: Seen) -> bool:
        """Fetch the entries of a list that are new; whether all of them are dealt with."""
        marks = {entry.mark for entry in entries}
        seen.marks = [mark for mark in seen.marks if mark in marks]
        for entry in entries:
            if entry.mark in seen.marks:
                continue
            try:
                fetched = self._downloader.get(entry.url, Validators())
                self._hand_on(each, documents(each.source.format, fetched.body or b""), seen)
            except (FetchError, NotADocumentError) as error:
                self._failed(each, error)
            else:
                seen.marks = [*seen.marks, entry.mark]
        return len(seen.marks) == len(marks)

    def _hand_on(self, each: Address, found: tuple[Document, ...], seen: Seen) -> None:
        for document in found:
            if document.key in seen.keys:
                self._counts.add(each.source.key, "known")
                continue
            self._publish(each.source.channel, document.payload)
            seen.add(document.key)
            self._counts.add(each.source.key, "published")
            _log.info("%s: published a document of %d bytes", each.source.key, len(document.payload))

    def _failed(self, each: Address, error: Exception) -> None:
        reason = getattr(error, "reason", "not-published" if isinstance(error, NotPublishedError) else "not-a-document")
        self._counts.add(each.source.key, reason)
        _log.warning("%s: %s", each.source.key, error)


def _keep(seen: Seen, fetched: Fetched) -> None:
    """Remember the validators only of what is wholly handed on: else a 304 would hide the rest."""
    seen.etag, seen.modified = fetched.validators.etag, fetched.validators.modified
