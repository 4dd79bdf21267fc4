"""The door of the interface: every failure leaves it as a problem (RFC 9457) with a status that means it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Iterable
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from dashboard.api.errors import Failure, FilterError, RefusedError
from dashboard.api.etag import marked
from dashboard.api.items import Fault, Problem
from data.errors import DataError

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"
AGAIN = {"retry-after": "5"}
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ApiRoute(APIRoute):
    """A route whose bad filters are a 422 with the filter's name, and whose missing database is a 503."""

    def get_route_handler(self) -> Handler:
        """Return FastAPI's own handler within this door."""
        inner = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                response = await inner(request)
            except Exception as error:  # noqa: BLE001 - the last door: what nobody expected is told and logged here
                response = self.refuse(request, failure_of(request, error))
            response.headers.setdefault("cache-control", "no-cache" if response.status_code < 400 else "no-store")  # noqa: PLR2004 - where errors begin
            return marked(request, response)

        return answer

    @staticmethod
    def refuse(request: Request, failure: Failure) -> Response:
        """Say a failure as this interface does."""
        return problem(request, failure)


def failure_of(request: Request, error: Exception) -> Failure:
    """Return what to say of an error; one that nobody expected is logged with its traceback."""
    match error:
        case RequestValidationError():
            return _wrong([_fault(each) for each in error.errors()])
        case FilterError():
            return _wrong([{"loc": ["query", error.name], "msg": str(error), "type": "bad_filter"}])
        case RefusedError():
            return Failure(error.status, str(error))
        case HTTPException():
            return Failure(HTTPStatus(error.status_code), str(error.detail), headers=error.headers or {})
        case DataError():
            log.warning("%s is not answered: %s", request.url.path, error)
            away = "the database cannot answer now: ask again in a few seconds"
            return Failure(HTTPStatus.SERVICE_UNAVAILABLE, away, headers=AGAIN)
        case _:
            log.error("%s failed", request.url.path, exc_info=error)
            return Failure(HTTPStatus.INTERNAL_SERVER_ERROR, "this should not have happened; it has been logged")


def problem(request: Request, failure: Failure) -> JSONResponse:
    """Return a failure as RFC 9457 says it."""
    body = Problem(
        type="about:blank",
        title=failure.status.phrase,
        status=failure.status,
        detail=failure.detail,
        instance=request.url.path,
        errors=[Fault.model_validate(fault) for fault in failure.faults],
    )
    return JSONResponse(
        body.model_dump(mode="json"),
        status_code=failure.status,
        media_type=PROBLEM,
        headers={"cache-control": "no-store", **failure.headers},
    )


def _wrong(faults: Iterable[dict[str, Any]]) -> Failure:
    told = tuple(faults)
    detail = "; ".join(f"{'.'.join(map(str, fault['loc'][1:]))}: {fault['msg']}" for fault in told)
    return Failure(HTTPStatus.UNPROCESSABLE_ENTITY, detail, told)


def _fault(error: dict[str, Any]) -> dict[str, Any]:
    return {"loc": list(error["loc"]), "msg": error["msg"], "type": error["type"]}
