"""`/laporan/<name>.pdf` and `.json`: a report of a period by its address, and the same as data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboard.reports.answer import KINDS, PDF, answered, as_data, line
from dashboard.reports.maker import Maker, Order
from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.links import REPORTS as HOME
from layouts.reports.kinds import REPORTS, Report
from layouts.reports.periods import PeriodError, period_of


def report_routes(maker: Maker, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> APIRouter:
    """Return the routes; `now` decides which periods have begun."""
    router = APIRouter()

    @router.get(f"{HOME}/{{name}}.{{kind}}", include_in_schema=False)
    async def report(request: Request, name: str, kind: str) -> Response:
        if name not in REPORTS or kind not in KINDS:
            return line(f"Laporan {name}.{kind} tidak ada.", HTTPStatus.NOT_FOUND)
        found = _order(request, REPORTS[name], maker, now())
        if isinstance(found, Response):
            return found
        making = maker.make(found) if kind == PDF else _told(maker, found)
        return await answered(request, f"{found.file.removesuffix(PDF)}{kind}", making)

    return router


async def _told(maker: Maker, order: Order) -> bytes:
    return as_data(await maker.paper(order))


def _order(request: Request, report: Report, maker: Maker, now: datetime) -> Order | Response:
    """What an address asks for, or why it asks for nothing that there is."""
    about = request.query_params.get("agency", "") if report.owned else ""
    if report.owned and about not in (*maker.city.agencies, NO_AGENCY_KEY):
        return line(f"agency: {about!r} tidak ada, seharusnya OPD seperti dpupr", HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        period = period_of(report.period, request.query_params.get(report.period, ""), maker.city, now)
    except PeriodError as error:
        words = (
            f"{error.name}: {error.found!r} tidak dapat dipakai, seharusnya {_EXPECTED[error.name]} yang sudah dimulai"
        )
        return line(words, HTTPStatus.UNPROCESSABLE_ENTITY)
    return Order(report, period, about)


_EXPECTED = {"day": "hari seperti 2026-11-28", "week": "minggu seperti 2026-W48", "month": "bulan seperti 2026-11"}
