"""The door of the interface: every failure leaves it as JSON with a status that means it, and nothing is cached."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response

from dashboard.api.errors import FilterError
from dashboard.api.items import Problem
from data.errors import DataError

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"
AGAIN_SECONDS = "5"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ApiRoute(APIRoute):
    """A route whose bad filters are a 422 with the filter's name, and whose missing database is a 503."""

    def get_route_handler(self) -> Handler:
        """Return FastAPI's own handler within this door."""
        inner = super().get_route_handler()

        async def answer(request: Request) -> Response:
            response = await _answered(inner, request)
            response.headers["cache-control"] = "no-store"
            return response

        return answer


async def _answered(inner: Handler, request: Request) -> Response:
    try:
        return await inner(request)
    except RequestValidationError as error:
        return await request_validation_exception_handler(request, error)
    except FilterError as error:
        detail = {"type": "bad_filter", "loc": ["query", error.name], "msg": str(error), "input": str(error.found)}
        return JSONResponse({"detail": [detail]}, status_code=HTTPStatus.UNPROCESSABLE_ENTITY)
    except DataError as error:
        log.warning("%s is not answered: %s", request.url.path, error)
        away = problem(HTTPStatus.SERVICE_UNAVAILABLE, "the database cannot answer now: ask again in a few seconds")
        away.headers["retry-after"] = AGAIN_SECONDS
        return away


def problem(status: HTTPStatus, detail: str) -> JSONResponse:
    """Return a failure as RFC 9457 says it."""
    body = Problem(title=status.phrase, status=status, detail=detail)
    return JSONResponse(body.model_dump(), status_code=status, media_type=PROBLEM)
