"""`/open311/v2/`: the calls of GeoReport, each in JSON and XML."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dashboard.api.errors import Failure, RefusedError
from dashboard.api.gate import KEY
from dashboard.api.keys import REPORT, Keys
from dashboard.api.route import ApiRoute
from dashboard.api.shelf import Ask
from dashboard.forms import Fields, one, read_form
from dashboard.open311.filters import MOST, NUMBERED, Asked, RequestFilters
from dashboard.open311.records import Complaints, discovery
from dashboard.open311.reporting import case_of, dropped, notice
from dashboard.open311.writing import Form, written, written_one
from layouts.panel import Row

PREFIX = "/open311/"
V2 = f"{PREFIX}v2"
STATUS = {HTTPStatus.UNPROCESSABLE_ENTITY: HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED: HTTPStatus.FORBIDDEN}
"""GeoReport knows 400 for what is wrong and 403 for a key that is."""
PutOut = Callable[[str, Mapping[str, Any]], Awaitable[bool]]
Calls = Annotated[Asked, Query()]


def refuse(request: Request, failure: Failure) -> Response:
    """Say a failure as GeoReport does: a list of codes and descriptions, in the format that was asked for."""
    form: Form = "xml" if request.url.path.endswith(".xml") else "json"
    status = STATUS.get(failure.status, failure.status)
    response = written(form, "errors", "error", [{"code": int(status), "description": failure.detail}], status)
    response.headers.update({"cache-control": "no-store", **failure.headers})
    return response


class GeoReportRoute(ApiRoute):
    """A route whose failures are GeoReport's."""

    refuse = staticmethod(refuse)


@dataclass(frozen=True, slots=True)
class GeoReport:
    """The calls of one city. `put_out` hands a case on; `base` is the room's own address if it is set."""

    complaints: Complaints
    ask: Ask
    put_out: PutOut
    keys: Keys
    base: str | None
    simulated: bool

    def routes(self) -> APIRouter:
        """Return their routes."""
        router = APIRouter(route_class=GeoReportRoute, include_in_schema=False)
        router.add_api_route(f"{PREFIX}discovery.{{form}}", self._discovery)
        router.add_api_route(f"{V2}/discovery.{{form}}", self._discovery)
        router.add_api_route(f"{V2}/services.{{form}}", self._services)
        router.add_api_route(f"{V2}/services/{{code}}.{{form}}", self._service)
        router.add_api_route(f"{V2}/requests.{{form}}", self._requests)
        router.add_api_route(f"{V2}/requests.{{form}}", self._report, methods=["POST"])
        router.add_api_route(f"{V2}/requests/{{number}}.{{form}}", self._request)
        router.add_api_route(f"{PREFIX}{{path:path}}", self._nothing)
        return router

    async def _discovery(self, request: Request, form: str) -> Response:
        base = self.base or str(request.base_url)
        found = discovery(self.complaints.city, base.rstrip("/"), simulated=self.simulated)
        return written_one(_form(form), "discovery", found)

    async def _services(self, form: str, asked: Calls) -> Response:
        self._ours(asked.jurisdiction_id)
        return written(_form(form), "services", "service", list(self.complaints.services()))

    async def _service(self, code: str, form: str, asked: Calls) -> Response:
        self._ours(asked.jurisdiction_id)
        if code not in self.complaints.service.categories:
            raise RefusedError(HTTPStatus.NOT_FOUND, f"service_code: found {code!r}, expected one of services.{form}")
        return written_one(_form(form), "service_definition", {"service_code": code, "attributes": []})

    async def _requests(self, form: str, asked: Annotated[RequestFilters, Query()]) -> Response:
        self._ours(asked.jurisdiction_id)
        rows = await self._rows(asked.params(self.complaints.service.categories))
        return self._written(form, rows)

    async def _request(self, number: str, form: str, asked: Calls) -> Response:
        self._ours(asked.jurisdiction_id)
        rows = await self._rows({**NUMBERED, "ids": [number]})
        if not rows:
            raise RefusedError(HTTPStatus.NOT_FOUND, f"service_request_id: found {number!r}, which is none of ours")
        return self._written(form, rows)

    async def _report(self, request: Request, form: str) -> Response:
        fields = await read_form(request)
        self._ours(one(fields, "jurisdiction_id") or request.query_params.get("jurisdiction_id"))
        self._allow(request, fields)
        case = case_of(fields, self.complaints, datetime.now(UTC))
        if not await self.put_out(self.complaints.service.key, case):
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, f"found {MOST} reports or more waiting for the broker")
        told = {
            "service_request_id": case["case_id"],
            "service_notice": notice(dropped(fields)),
            "account_id": None,
        }
        return written(_form(form), "service_requests", "request", [told], HTTPStatus.CREATED)

    async def _nothing(self, request: Request) -> Response:
        raise RefusedError(HTTPStatus.NOT_FOUND, f"found {request.url.path}, expected a call of GeoReport v2")

    async def _rows(self, params: Mapping[str, object]) -> Sequence[Row]:
        return await self.ask("open311_requests", {"service": self.complaints.service.key, **params})

    def _written(self, form: str, rows: Sequence[Row]) -> Response:
        return written(_form(form), "service_requests", "request", [self.complaints.request(row) for row in rows])

    def _ours(self, jurisdiction: str | None) -> None:
        city = self.complaints.city
        if jurisdiction and jurisdiction not in (city.key, city.region):
            raise RefusedError(HTTPStatus.NOT_FOUND, f"jurisdiction_id: found {jurisdiction!r}, expected {city.key}")

    def _allow(self, request: Request, fields: Fields) -> None:
        """Raise `RefusedError` unless the request brings a key that is good for reporting."""
        if not self.keys:
            raise RefusedError(HTTPStatus.FORBIDDEN, "nothing can be reported here: the operator has given out no key")
        key = request.scope.get(KEY) or self.keys.find(one(fields, "api_key"))
        if key is None:
            raise RefusedError(HTTPStatus.FORBIDDEN, "api_key: found none that was given out")
        if REPORT not in key.scopes:
            raise RefusedError(HTTPStatus.FORBIDDEN, f"api_key: the key {key.name} is not for reporting")


def _form(found: str) -> Form:
    if found in ("json", "xml"):
        return cast("Form", found)
    raise RefusedError(HTTPStatus.NOT_FOUND, f"found .{found}, expected .json or .xml")
