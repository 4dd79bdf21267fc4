"""Whether a request that changes something comes from a page of this very room, and from one that shows the present.

Browsers say it themselves: `Sec-Fetch-Site` where the connection counts as safe, else `Origin`, which stands on every
POST. A request that says neither is no browser's, and is refused as well: programs have interfaces of their own, which
want a key.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.moments import AT

REFUSED = "Ditolak: permintaan ini tidak datang dari halaman ruang ini.\n"
IN_THE_PAST = "Ditolak: halaman ini memutar ulang masa lalu; kembali ke sekarang untuk mengubah sesuatu.\n"


def refusal(request: Request) -> Response | None:
    """Return the refusal of a request from anywhere but a live page of our own; None for one from there."""
    if _foreign(request):
        return _plain(REFUSED, HTTPStatus.FORBIDDEN)
    came = parse_qs(urlsplit(request.headers.get("referer", "")).query)
    return _plain(IN_THE_PAST, HTTPStatus.CONFLICT) if came.get(AT) else None


def _foreign(request: Request) -> bool:
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site != "same-origin":
        return True
    if site is not None and origin in (None, "null"):  # a browser that is told to keep its referrer says no more
        return False
    host = request.headers.get("host", "")
    return origin is None or not host or urlsplit(origin).netloc.lower() != host.lower()


def _plain(words: str, status: HTTPStatus) -> Response:
    return PlainTextResponse(words, status_code=status, headers={"cache-control": "no-store"})
