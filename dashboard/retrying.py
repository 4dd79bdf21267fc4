"""`POST /data/coba-lagi`: a desk asks that what was refused is read again. Whoever keeps the room up does it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboard.origin import refusal
from data.errors import DataError
from layouts.links import RETRY, refused
from layouts.options import OPTIONS
from sensors.city import City

log = logging.getLogger(__name__)

AWAY = "Basis data tidak terjangkau; permintaan tidak tercatat. Coba lagi nanti."


def retry_routes(city: City, request_retry: Callable[[str | None], Awaitable[None]]) -> APIRouter:
    """Return the route; `request_retry` notes a request for one reason, or for all of them."""
    router = APIRouter()

    @router.post(RETRY, include_in_schema=False)
    async def again(request: Request, reason: str = "") -> Response:
        if (answer := refusal(request)) is not None:
            return answer
        if reason and OPTIONS["reason"].wrong(city, reason):
            return _line(f"Pilihan reason: {reason!r} tidak ada.", HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            await request_retry(reason or None)
        except DataError as error:
            log.warning("a request to retry was not noted: %s", error)
            return _line(AWAY, HTTPStatus.SERVICE_UNAVAILABLE)
        return RedirectResponse(came_from(request, reason), HTTPStatus.SEE_OTHER)

    return router


def came_from(request: Request, reason: str) -> str:
    """The address of the page that sent it, at the panel; only ever an address of our own."""
    path, _, panel = refused(reason).partition("#")
    home, came = urlsplit(path).path, urlsplit(request.headers.get("referer", ""))
    if came.netloc == request.headers.get("host") and came.path == home:
        path = f"{home}?{came.query}" if came.query else home
    return f"{path}#{panel}"


def _line(words: str, status: HTTPStatus) -> PlainTextResponse:
    return PlainTextResponse(f"{words}\n", status_code=status, headers={"cache-control": "no-store"})
