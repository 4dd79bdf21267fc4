"""`GET /live`: the event stream of one page. The whole picture first, then changes only, and a heartbeat a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from dashboard.hub import Hub
from dashboard.replays import FULL_FOR, Replays
from dashboard.sights import OptionError, Sights
from dashboard.view import Cursor, View
from data.errors import DataError
from layouts.options import LANGUAGE

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]


async def frames(hub: Hub, view: View, cursor: Cursor | None) -> AsyncIterator[bytes]:
    """Yield what a display needs, when it can take it: it never gets more than one answer ahead of its reading."""
    hub.enter(view)
    seen = 0
    try:
        while not hub.stopping:
            news = view.news()
            seen, beat = view.newest_beat(seen)
            piece = view.read(cursor, datetime.now(UTC)) + beat
            cursor = view.cursor
            if piece:
                yield piece
            await news.wait()
    finally:
        hub.leave(view)


class EventStream(Response):
    """The frames as a response that ends, and frees its display, as soon as the client is gone."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        """Take the pieces to send; nothing starts before the response is called."""
        super().__init__()
        self._pieces = pieces

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        """Send until the client goes, the pieces end or the server stops."""
        sending = asyncio.ensure_future(self._send(send))
        leaving = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        async with aclosing(self._pieces) as pieces:  # type: ignore[type-var]
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def live_routes(hub: Hub, replays: Replays, sights: Sights) -> APIRouter:
    """Return the route of the event stream; with a moment in its address it is that of a replay."""
    router = APIRouter()

    @router.get("/live", include_in_schema=False)
    async def live(request: Request, scene: str | None = None, after: str | None = None) -> Response:
        try:
            sight = sights.overview if scene is None else sights.find(scene)
            options = sight.choose(sights.city, request.query_params)
            moment = await replays.moment(request.query_params)
        except OptionError as error:
            return JSONResponse({"detail": [{"loc": ["query", error.name], "msg": str(error)}]}, status_code=422)
        except DataError:
            return _later("the database cannot answer now")
        cursor = request.headers.get("last-event-id") or after
        if moment is None:
            return EventStream(frames(hub, await hub.view(sight.name, options), Cursor.parse(cursor)))
        if replays.full:
            return _later("as many replays as there may be at once are running")
        language = sights.languages.get(options[LANGUAGE])
        return EventStream(replays.frames(sight, options, moment, cursor, language))

    return router


def _later(why: str) -> Response:
    return JSONResponse({"detail": why}, status_code=503, headers={"retry-after": str(FULL_FOR)})
