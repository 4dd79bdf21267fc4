"""How a document is answered by its address: with its name and fingerprint, as data too, refusals in one line."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Mapping
from http import HTTPStatus

import msgspec
from fastapi import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.reports.turns import BusyError
from data.errors import DataError
from layouts.errors import LayoutError
from layouts.reports.paper import Paper

log = logging.getLogger(__name__)

PDF = "pdf"
KINDS: Mapping[str, str] = {PDF: "application/pdf", "json": "application/json"}
AWAY = "Basis data tidak terjangkau; laporan tidak dapat dibuat. Coba lagi nanti."
BUSY = "Terlalu banyak laporan sedang dibuat. Coba lagi sebentar lagi."
AGAIN_SECONDS = "20"


def as_data(paper: Paper) -> bytes:
    """What a document says, as data, with every figure by its key."""
    return msgspec.json.encode({**msgspec.to_builtins(paper), "figures": dict(paper.figures)})


async def answered(request: Request, file: str, making: Awaitable[bytes]) -> Response:
    """A document that is being made, as a file called so; where it cannot be made, why."""
    try:
        body = await making
    except BusyError as error:
        return away(error, BUSY)
    except DataError as error:
        return away(error, AWAY)
    except LayoutError:
        log.exception("%s cannot be set", file)
        return line("Laporan tidak dapat disusun.", HTTPStatus.INTERNAL_SERVER_ERROR)
    return _sent(request, body, file)


def away(error: Exception, words: str) -> Response:
    """Why it is not there now, and when to ask again."""
    log.warning("a document was not made: %s", error)
    answer = line(words, HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["retry-after"] = AGAIN_SECONDS
    return answer


def line(words: str, status: HTTPStatus) -> PlainTextResponse:
    """A refusal."""
    return PlainTextResponse(f"{words}\n", status_code=status, headers={"cache-control": "no-store"})


def _sent(request: Request, body: bytes, file: str) -> Response:
    """With its fingerprint: whoever has the same bytes is told so."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache", "content-disposition": f'inline; filename="{file}"'}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=KINDS[file.rpartition(".")[2]], headers=headers)
