"""Whether a request that changes something comes from a page of this very room.

Browsers say it themselves: `Sec-Fetch-Site` where the connection counts as safe, else `Origin`, which stands on every
POST. A request that says neither is no browser's, and is refused as well: programs have interfaces of their own, which
want a key.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import PlainTextResponse, Response

REFUSED = "Ditolak: permintaan ini tidak datang dari halaman ruang ini.\n"


def foreign(request: Request) -> Response | None:
    """Return the refusal of a request from anywhere else; None for one of our own pages."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site != "same-origin":
        return _refusal()
    if site is not None and origin in (None, "null"):  # a browser that is told to keep its referrer says no more
        return None
    if origin is None:
        return _refusal()
    host = request.headers.get("host", "")
    return None if host and urlsplit(origin).netloc.lower() == host.lower() else _refusal()


def _refusal() -> Response:
    return PlainTextResponse(REFUSED, status_code=HTTPStatus.FORBIDDEN, headers={"cache-control": "no-store"})
