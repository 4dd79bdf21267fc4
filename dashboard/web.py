"""What every answer passes on its way out: compression, cache and security headers. Never the event stream's body."""

from __future__ import annotations

import asyncio
import gzip
from collections import OrderedDict
from typing import Any

import brotli  # type: ignore[import-untyped]
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UNTOUCHED = ("/live", "/api/v1/readings/live", "/api/v1/export")
WORTH_IT = 600  # bytes; smaller answers fit one packet anyway
TEXT = ("text/", "application/json", "application/javascript", "application/geo+json", "image/svg+xml")
KEPT = 96  # compressed scripts in memory; each is served for ever under its fingerprint

POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob: {tiles}; worker-src 'self' blob:; connect-src 'self' {tiles}; "
    "font-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class SecurityHeaders:
    """Adds the headers that keep other sites and other hosts out of the page."""

    def __init__(self, app: ASGIApp, script_hashes: str, tiles: str = "") -> None:
        """Take the hashes of Dash's own inline scripts, and the host of the city's own map tiles where it has one."""
        self._app = app
        self._policy = POLICY.format(hashes=script_hashes, tiles=tiles)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", self._policy)
                headers.setdefault("x-content-type-options", "nosniff")
                headers.setdefault("referrer-policy", "same-origin")
                if scope["path"].startswith("/assets/") and b"m=" in scope["query_string"]:
                    headers["cache-control"] = "public, max-age=31536000, immutable"
            await send(message)

        await self._app(scope, receive, sending)


class Compress:
    """Compresses whole answers (brotli, else gzip); scripts under a fingerprint only once."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, compressed where the client may and the answer gains."""
        coding = _coding(scope) if scope["type"] == "http" and not scope["path"].startswith(UNTOUCHED) else None
        if coding is None:
            await self._app(scope, receive, send)
            return
        await _Answer(self, scope["path"], coding, send).take(self._app, scope, receive)

    async def squeeze(self, path: str, coding: str, body: bytes, *, keep: bool) -> bytes:
        """Return the compressed body, from memory when it is the same for ever."""
        key = (path, coding)
        if keep and key in self._kept:
            return self._kept[key]
        packed = await asyncio.to_thread(_pack, coding, body)
        if keep:
            self._kept[key] = packed
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return packed


class _Answer:
    """One answer on its way: held until it is whole, then sent in the chosen coding."""

    def __init__(self, owner: Compress, path: str, coding: str, send: Send) -> None:
        self._owner, self._path, self._coding, self._send = owner, path, coding, send
        self._start: Message = {}
        self._body = bytearray()

    async def take(self, app: ASGIApp, scope: Scope, receive: Receive) -> None:
        await app(scope, receive, self._sending)

    async def _sending(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._finish()

    async def _finish(self) -> None:
        headers, body = MutableHeaders(scope=self._start), bytes(self._body)
        if _worth_it(headers, body):
            keep = "max-age=31536000" in headers.get("cache-control", "")
            body = await self._owner.squeeze(self._path, self._coding, body, keep=keep)
            headers["content-encoding"] = self._coding
            headers["content-length"] = str(len(body))
            headers.add_vary_header("Accept-Encoding")
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def _worth_it(headers: Headers, body: bytes) -> bool:
    kind = headers.get("content-type", "")
    return len(body) >= WORTH_IT and kind.startswith(TEXT) and "content-encoding" not in headers


def _coding(scope: Scope) -> str | None:
    accepted = Headers(scope=scope).get("accept-encoding", "")
    return next((coding for name, coding in (("br", "br"), ("gzip", "gzip")) if name in accepted), None)


def _pack(coding: str, body: bytes) -> bytes:
    packed: Any = brotli.compress(body, quality=5) if coding == "br" else gzip.compress(body, 5)
    return bytes(packed)
