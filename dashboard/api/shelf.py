"""Asking for one page of a list, and writing it down in the format that was asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from dashboard.api.cursor import NEXT, Place, after, place_of, read_cursor, write_cursor
from dashboard.api.filters import Paged
from dashboard.api.geo import GEOJSON, collection
from dashboard.api.items import Item, Page
from dashboard.api.sheet import sheet
from layouts.panel import Row

Ask = Callable[[str, Mapping[str, Any]], Awaitable[Sequence[Row]]]
CSV = "text/csv; charset=utf-8"


async def fetch(
    ask: Ask, question: str, filters: Paged, params: Mapping[str, Any], kind: type[Place]
) -> tuple[Sequence[Row], str | None]:
    """Return the rows of one page and the cursor of the next, None at the end.

    Raises `FilterError` for a cursor of another list, `DataError`.
    """
    asked = f"{question} {filters.asked()}"
    place = None if filters.next is None else read_cursor(filters.next, asked, kind)
    rows = await ask(question, {**params, **after(kind, place), "rows": filters.limit + 1})
    if len(rows) <= filters.limit:
        return rows, None
    kept = rows[: filters.limit]
    return kept, write_cursor(place_of(kind, kept[-1]), asked)


def json_page(request: Request, page: Page[Item]) -> Response:
    """Return a page as JSON."""
    return _linked(Response(page.model_dump_json(), media_type="application/json"), request, page.next)


def csv_page(request: Request, kind: type[BaseModel], page: Page[Item]) -> Response:
    """Return a page as CSV; where it goes on stands in the header `Link`."""
    return _linked(Response(sheet(kind, page.items), media_type=CSV), request, page.next)


def geojson_page(request: Request, features: Sequence[Mapping[str, Any]], following: str | None) -> Response:
    """Return a page as GeoJSON."""
    return _linked(JSONResponse(collection(features, following), media_type=GEOJSON), request, following)


def _linked(response: Response, request: Request, following: str | None) -> Response:
    """Add the address of the next page (RFC 8288), and that `Accept` may have decided the format."""
    response.headers["vary"] = "Accept"
    if following is not None:
        query = urlencode({**request.query_params, NEXT: following})
        response.headers["link"] = f'<{request.url.path}?{query}>; rel="next"'
    return response
