"""`/laporan/<name>.pdf` and `.json`: a report of a period by its address, and the same as data."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from dashboard.reports.maker import BusyError, Maker, Order
from data.errors import DataError
from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.links import REPORTS as HOME
from layouts.reports.kinds import REPORTS
from layouts.reports.periods import PeriodError, period_of
from sensors.words import one_of

log = logging.getLogger(__name__)

AWAY = "Basis data tidak terjangkau; laporan tidak dapat dibuat. Coba lagi nanti."
BUSY = "Terlalu banyak laporan sedang dibuat. Coba lagi sebentar lagi."
AGAIN_SECONDS = "20"


def report_routes(maker: Maker, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> APIRouter:
    """Return the routes; `now` decides which periods have begun."""
    router = APIRouter()

    @router.get(f"{HOME}/{{name}}.pdf", include_in_schema=False)
    async def pdf(request: Request, name: str) -> Response:
        found = _order(request, name, maker, now())
        if isinstance(found, Response):
            return found
        try:
            body = await maker.make(found)
        except (BusyError, DataError) as error:
            return _away(error)
        return _sent(request, body, "application/pdf", found.file)

    @router.get(f"{HOME}/{{name}}.json", include_in_schema=False)
    async def facts(request: Request, name: str) -> Response:
        found = _order(request, name, maker, now())
        if isinstance(found, Response):
            return found
        try:
            paper = await maker.paper(found)
        except DataError as error:
            return _away(error)
        told = {**msgspec.to_builtins(paper), "figures": dict(paper.figures)}
        return _sent(request, msgspec.json.encode(told), "application/json", found.file.replace(".pdf", ".json"))

    return router


def _order(request: Request, name: str, maker: Maker, now: datetime) -> Order | Response:
    """What an address asks for, or why it asks for nothing that there is."""
    report = REPORTS.get(name)
    if report is None:
        return _line(f"Laporan {name!r} tidak ada.", HTTPStatus.NOT_FOUND)
    about = request.query_params.get("agency", "") if report.owned else ""
    if report.owned and about not in (*maker.city.agencies, NO_AGENCY_KEY):
        expected = one_of(about, list(maker.city.agencies))
        return _line(f"agency: {about!r}, seharusnya {expected}", HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        period = period_of(report.period, request.query_params.get(report.period, ""), maker.city, now)
    except PeriodError as error:
        words = (
            f"{error.name}: {error.found!r} tidak dapat dipakai, seharusnya {_EXPECTED[error.name]} yang sudah dimulai"
        )
        return _line(words, HTTPStatus.UNPROCESSABLE_ENTITY)
    return Order(report, period, about)


_EXPECTED = {"day": "hari seperti 2026-11-28", "week": "minggu seperti 2026-W48", "month": "bulan seperti 2026-11"}


def _sent(request: Request, body: bytes, kind: str, file: str) -> Response:
    """With its fingerprint: whoever has the same bytes is told so."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache", "content-disposition": f'inline; filename="{file}"'}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=kind, headers=headers)


def _away(error: Exception) -> Response:
    log.warning("a report was not made: %s", error)
    answer = _line(BUSY if isinstance(error, BusyError) else AWAY, HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["retry-after"] = AGAIN_SECONDS
    return answer


def _line(words: str, status: HTTPStatus) -> PlainTextResponse:
    return PlainTextResponse(f"{words}\n", status_code=status, headers={"cache-control": "no-store"})
