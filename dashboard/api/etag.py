"""What a client has already is not sent again: ETag and If-None-Match (RFC 9110).

The mark is a digest of the answer, so it spares the way and not the question. It is weak: an answer is the same one
whether it was compressed on its way or not.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from fastapi import Request
from starlette.responses import Response

KEPT = ("etag", "cache-control", "vary", "link", "content-location")
"""What a 304 repeats of the answer it stands for."""
_BYTES = 12


def marked(request: Request, response: Response) -> Response:
    """Return a whole answer with its mark, or 304 where the client named that mark; a stream passes as it is."""
    body = getattr(response, "body", None)
    if request.method != "GET" or response.status_code != HTTPStatus.OK or not isinstance(body, bytes):
        return response
    kind = response.headers.get("content-type", "")
    mark = f'W/"{hashlib.blake2b(kind.encode() + body, digest_size=_BYTES).hexdigest()}"'
    response.headers["etag"] = mark
    if not _has(request.headers.get("if-none-match", ""), mark):
        return response
    kept = {name: response.headers[name] for name in KEPT if name in response.headers}
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)


def _has(named: str, mark: str) -> bool:
    """Whether one of the marks that a client names is this one, by the weak comparison."""
    marks = {each.strip().removeprefix("W/") for each in named.split(",")}
    return "*" in marks or mark.removeprefix("W/") in marks
