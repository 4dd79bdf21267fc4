"""`/laporan/<name>.pdf` and `.json`: a report of a period by its address, and the same as data."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from dashboard.reports.maker import BusyError, Maker, Order
from data.errors import DataError
from layouts.errors import LayoutError
from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.links import REPORTS as HOME
from layouts.reports.kinds import REPORTS, Report
from layouts.reports.periods import PeriodError, period_of

log = logging.getLogger(__name__)

PDF = "pdf"
KINDS: Mapping[str, str] = {PDF: "application/pdf", "json": "application/json"}
AWAY = "Basis data tidak terjangkau; laporan tidak dapat dibuat. Coba lagi nanti."
BUSY = "Terlalu banyak laporan sedang dibuat. Coba lagi sebentar lagi."
AGAIN_SECONDS = "20"


def report_routes(maker: Maker, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> APIRouter:
    """Return the routes; `now` decides which periods have begun."""
    router = APIRouter()

    @router.get(f"{HOME}/{{name}}.{{kind}}", include_in_schema=False)
    async def report(request: Request, name: str, kind: str) -> Response:
        if name not in REPORTS or kind not in KINDS:
            return _line(f"Laporan {name}.{kind} tidak ada.", HTTPStatus.NOT_FOUND)
        found = _order(request, REPORTS[name], maker, now())
        if isinstance(found, Response):
            return found
        try:
            body = await (maker.make(found) if kind == PDF else _told(maker, found))
        except (BusyError, DataError) as error:
            return _away(error)
        except LayoutError:
            log.exception("report %s cannot be set", found.file)
            return _line("Laporan tidak dapat disusun.", HTTPStatus.INTERNAL_SERVER_ERROR)
        return _sent(request, body, KINDS[kind], f"{found.file.removesuffix(PDF)}{kind}")

    return router


async def _told(maker: Maker, order: Order) -> bytes:
    """What a report says, as data, with every figure by its key."""
    paper = await maker.paper(order)
    return msgspec.json.encode({**msgspec.to_builtins(paper), "figures": dict(paper.figures)})


def _order(request: Request, report: Report, maker: Maker, now: datetime) -> Order | Response:
    """What an address asks for, or why it asks for nothing that there is."""
    about = request.query_params.get("agency", "") if report.owned else ""
    if report.owned and about not in (*maker.city.agencies, NO_AGENCY_KEY):
        return _line(f"agency: {about!r} tidak ada, seharusnya OPD seperti dpupr", HTTPStatus.UNPROCESSABLE_ENTITY)
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
