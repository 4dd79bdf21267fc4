"""The addresses of the interface, as OpenAPI tells them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from dashboard.api.accept import settled
from dashboard.api.answers import MAP, SHEET, STREAM, answers
from dashboard.api.errors import RefusedError
from dashboard.api.filters import AlarmFilters, CaseFilters, LatestFilters, LiveFilters, PriceFilters, ReadingFilters
from dashboard.api.items import Alarms, Buckets, Cases, Prices, Readings
from dashboard.api.lists import Lists
from dashboard.api.live import LiveReadings
from dashboard.api.manual import manual
from dashboard.api.route import ApiRoute
from dashboard.api.shelf import Ask
from sensors.city import City

V1 = "/api/v1"


def api_routes(city: City, ask: Ask, live: LiveReadings) -> APIRouter:
    """Return the routes of `/api/v1` and of the page that explains them."""
    lists = Lists(city, ask)
    router = APIRouter(route_class=ApiRoute)

    @router.get(
        f"{V1}/readings/latest",
        tags=["readings"],
        summary="The newest reading of each series, by device and kind",
        response_model=Readings,
        responses=answers(**SHEET, **MAP),
    )
    async def latest_readings(request: Request, filters: Annotated[LatestFilters, Query()]) -> Response:
        return await lists.latest(request, settled(request, filters))

    @router.get(
        f"{V1}/readings/live",
        tags=["readings"],
        summary="The newest reading of each series, then each one as it is committed, as server-sent events",
        response_class=Response,
        responses=answers(ends=False, **STREAM),
    )
    async def live_readings(request: Request, filters: Annotated[LiveFilters, Query()]) -> Response:
        return await live.follow(request, filters)

    @router.get(
        f"{V1}/readings",
        tags=["readings"],
        summary="Readings or their means by time, series by series, the newest of each first",
        response_model=Readings | Buckets,
        responses=answers(**SHEET),
    )
    async def readings(request: Request, filters: Annotated[ReadingFilters, Query()]) -> Response:
        return await lists.readings(request, settled(request, filters))

    @router.get(
        f"{V1}/prices",
        tags=["prices"],
        summary="Prices that markets reported, the newest first",
        response_model=Prices,
        responses=answers(**SHEET),
    )
    async def prices(request: Request, filters: Annotated[PriceFilters, Query()]) -> Response:
        return await lists.prices(request, settled(request, filters))

    @router.get(
        f"{V1}/cases",
        tags=["cases"],
        summary="Cases as they stand, the last changed first",
        response_model=Cases,
        responses=answers(**SHEET, **MAP),
    )
    async def cases(request: Request, filters: Annotated[CaseFilters, Query()]) -> Response:
        return await lists.cases(request, settled(request, filters))

    @router.get(
        f"{V1}/alarms",
        tags=["alarms"],
        summary="Alarms as they stand, the last raised first",
        response_model=Alarms,
        responses=answers(**SHEET, **MAP),
    )
    async def alarms(request: Request, filters: Annotated[AlarmFilters, Query()]) -> Response:
        return await lists.alarms(request, settled(request, filters))

    @router.get("/api/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        return HTMLResponse(manual(request.app.openapi()))

    return router


def lost_route() -> APIRouter:
    """Return the route of every address under `/api/` that nobody else answers: the last of them."""
    router = APIRouter(route_class=ApiRoute)

    @router.get("/api", include_in_schema=False)
    @router.get("/api/{path:path}", include_in_schema=False)
    async def nothing(request: Request) -> Response:
        raise RefusedError(HTTPStatus.NOT_FOUND, f"found {request.url.path}, expected an address that /api/docs lists")

    return router
