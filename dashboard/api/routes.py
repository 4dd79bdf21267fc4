"""The addresses of the interface, as OpenAPI tells them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from dashboard.api.filters import AlarmFilters, CaseFilters, LatestFilters, PriceFilters, ReadingFilters
from dashboard.api.geo import GEOJSON, SCHEMA
from dashboard.api.items import Alarms, Buckets, Cases, Prices, Problem, Readings
from dashboard.api.lists import Lists
from dashboard.api.manual import manual
from dashboard.api.route import PROBLEM, ApiRoute, problem
from dashboard.api.shelf import Ask
from sensors.city import City

V1 = "/api/v1"
SHEET: dict[str, Any] = {"text/csv": {"schema": {"type": "string"}}}
MAP: dict[str, Any] = {GEOJSON: {"schema": SCHEMA}}
AWAY: dict[str, Any] = {
    "description": "The database cannot answer now",
    "content": {PROBLEM: {"schema": Problem.model_json_schema()}},
}


def api_routes(city: City, ask: Ask) -> APIRouter:
    """Return the routes of `/api/v1` and of the page that explains them."""
    lists = Lists(city, ask)
    router = APIRouter(route_class=ApiRoute)

    @router.get(
        f"{V1}/readings/latest",
        tags=["readings"],
        summary="The newest reading of each series, by device and kind",
        response_model=Readings,
        responses=_answers(**SHEET, **MAP),
    )
    async def latest_readings(request: Request, filters: Annotated[LatestFilters, Query()]) -> Response:
        return await lists.latest(request, filters)

    @router.get(
        f"{V1}/readings",
        tags=["readings"],
        summary="Readings or their means by time, series by series, the newest of each first",
        response_model=Readings | Buckets,
        responses=_answers(**SHEET),
    )
    async def readings(request: Request, filters: Annotated[ReadingFilters, Query()]) -> Response:
        return await lists.readings(request, filters)

    @router.get(
        f"{V1}/prices",
        tags=["prices"],
        summary="Prices that markets reported, the newest first",
        response_model=Prices,
        responses=_answers(**SHEET),
    )
    async def prices(request: Request, filters: Annotated[PriceFilters, Query()]) -> Response:
        return await lists.prices(request, filters)

    @router.get(
        f"{V1}/cases",
        tags=["cases"],
        summary="Cases as they stand, the last changed first",
        response_model=Cases,
        responses=_answers(**SHEET, **MAP),
    )
    async def cases(request: Request, filters: Annotated[CaseFilters, Query()]) -> Response:
        return await lists.cases(request, filters)

    @router.get(
        f"{V1}/alarms",
        tags=["alarms"],
        summary="Alarms as they stand, the last raised first",
        response_model=Alarms,
        responses=_answers(**SHEET, **MAP),
    )
    async def alarms(request: Request, filters: Annotated[AlarmFilters, Query()]) -> Response:
        return await lists.alarms(request, filters)

    @router.get("/api/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        return HTMLResponse(manual(request.app.openapi()))

    @router.get("/api/{path:path}", include_in_schema=False)
    async def nothing(path: str) -> JSONResponse:
        return problem(HTTPStatus.NOT_FOUND, f"found /api/{path}, expected an address that /api/docs lists")

    return router


def _answers(**also: Any) -> dict[int | str, dict[str, Any]]:  # noqa: ANN401 - OpenAPI's own free form
    """What a list answers beside JSON."""
    return {200: {"content": also}, 503: AWAY}
