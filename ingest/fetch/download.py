"""One address asked once: conditionally, patiently, within limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from ingest.errors import IngestError
from ingest.fetch.bucket import Bucket

LARGEST = 5 * 1024 * 1024
"""Bytes of a body, unpacked."""
ATTEMPTS, REDIRECTS = 4, 5
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
WHOLE_SECONDS = 60.0
"""A server that drips must not hold the others up."""
_LONGEST_WAIT = 60.0
_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429})


class FetchError(IngestError):
    """An address did not give a document: `reason` is a short slug for counting."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


class AwayError(FetchError):
    """The server is away or busy: worth another try."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a document so that it can be asked whether there is a newer one."""

    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer; `body` None where nothing has changed."""

    body: bytes | None
    validators: Validators


class Downloader:
    """Every request takes a token, redirects and further tries included. `pause` waits so many seconds."""

    def __init__(self, client: httpx.Client, bucket: Bucket, pause: Callable[[float], None]) -> None:
        self._client = client
        self._bucket = bucket
        self._pause = pause

    def get(self, url: str, known: Validators) -> Fetched:
        """Ask for a document that may have changed. Raises `FetchError`."""
        attempts = Retrying(
            retry=retry_if_exception_type(AwayError),
            wait=wait_random_exponential(multiplier=1, max=_LONGEST_WAIT),
            stop=stop_after_attempt(ATTEMPTS),
            sleep=self._pause,
            reraise=True,
        )
        return attempts(self._ask, url, known)

    def _ask(self, url: str, known: Validators) -> Fetched:
        try:
            for _ in range(REDIRECTS + 1):
                self._pause(self._bucket.take())
                with self._client.stream("GET", url, headers=known.headers, follow_redirects=False) as answer:
                    if answer.status_code not in _MOVED:
                        return _read(answer, known)
                    url = _moved(answer)
        except httpx.TransportError as error:
            raise AwayError("away", type(error).__name__) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchError("bad-answer", type(error).__name__) from None
        raise FetchError("redirects", f"found more than {REDIRECTS} in a row")


def _moved(answer: httpx.Response) -> str:
    """Where an answer sends us: only to http and https, and never from https to http."""
    target = answer.url.join(answer.headers.get("location", ""))
    allowed = ("https",) if answer.url.scheme == "https" else ("http", "https")
    if target.scheme not in allowed or not target.host:
        raise FetchError("redirects", f"found one to {target.scheme}, expected {' or '.join(allowed)}")
    return str(target)


def _read(answer: httpx.Response, known: Validators) -> Fetched:
    code = answer.status_code
    if code == httpx.codes.NOT_MODIFIED:
        return Fetched(None, known)
    if code in _BUSY or code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise AwayError("away", f"answered {code}")
    if code != httpx.codes.OK:
        raise FetchError("refused", f"answered {code}")
    return Fetched(_body(answer), Validators(answer.headers.get("etag"), answer.headers.get("last-modified")))


def _body(answer: httpx.Response) -> bytes:
    found, ends = bytearray(), time.monotonic() + WHOLE_SECONDS
    for piece in answer.iter_bytes(64 * 1024):
        found += piece
        if len(found) > LARGEST:
            raise FetchError("too-large", f"found more than {LARGEST} bytes")
        if time.monotonic() > ends:
            raise AwayError("away", f"not whole within {WHOLE_SECONDS:g} s")
    return bytes(found)
