"""`/sta/v1.1/`: the addresses of SensorThings, walked from set to entity to set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from dashboard.api.errors import Failure
from dashboard.api.route import ApiRoute
from dashboard.sta.answers import Answers
from dashboard.sta.entities import ENTITIES, Entity, Link
from dashboard.sta.errors import PathError
from dashboard.sta.options import Options, read_options
from layouts.panel import Row

PREFIX = "/sta/"
V11 = f"{PREFIX}v1.1"
KEY = "api_key"
LONGEST_WAY = 5
_STEP = re.compile(r"(\w+)(?:\(([^()]*)\))?")
_SPEC = "http://www.opengis.net/spec/iot_sensing/1.1/req"
CONFORMANCE = (
    f"{_SPEC}/datamodel",
    f"{_SPEC}/resource-path/resource-path-to-entities",
    f"{_SPEC}/request-data/expand",
    f"{_SPEC}/request-data/select",
    f"{_SPEC}/request-data/orderby",
    f"{_SPEC}/request-data/top",
    f"{_SPEC}/request-data/skip",
    f"{_SPEC}/request-data/count",
    f"{_SPEC}/request-data/filter",
    f"{_SPEC}/request-data/pagination",
)


def refuse(request: Request, failure: Failure) -> Response:  # noqa: ARG001 - every door is asked the same way
    """Say a failure as services of SensorThings do."""
    body = {"code": int(failure.status), "type": "error", "message": failure.detail}
    headers = {"cache-control": "no-store", **failure.headers}
    return JSONResponse(body, status_code=failure.status, headers=headers)


class SensorThingsRoute(ApiRoute):
    """A route whose failures are SensorThings'."""

    refuse = staticmethod(refuse)


@dataclass(frozen=True, slots=True)
class SensorThings:
    """The service of one city; `base` is the room's own address if it is set."""

    answers: Answers
    base: str | None

    def routes(self) -> APIRouter:
        """Return its routes."""
        router = APIRouter(route_class=SensorThingsRoute, include_in_schema=False)
        router.add_api_route(V11, self._sets)
        router.add_api_route(f"{V11}/", self._sets)
        router.add_api_route(f"{V11}/{{way:path}}", self._find)
        router.add_api_route(f"{PREFIX}{{path:path}}", self._nothing)
        return router

    async def _sets(self, request: Request) -> Response:
        root = self._root(request)
        sets = [{"name": name, "url": f"{root}/{name}"} for name in ENTITIES]
        return JSONResponse({"value": sets, "serverSettings": {"conformance": list(CONFORMANCE)}})

    async def _find(self, request: Request, way: str) -> Response:
        steps = [_step(part) for part in way.rstrip("/").split("/")]
        if len(steps) > LONGEST_WAY:
            raise PathError(way, f"at most {LONGEST_WAY} steps")
        told = {name: value for name, value in request.query_params.items() if name != KEY}
        name, number = steps[0]
        link, entity, same = Link(name, many=True, pairs=()), _set(name), dict[str, Any]()
        for following, next_number in [*steps[1:], ("", None)]:
            if number is not None:
                if not link.many:
                    raise PathError(way, f"no number after {name}")
                same = _both(same, _identified(entity, number), way)
            if not following:
                break
            if number is None and link.many:
                raise PathError(following, f"a number after {name}, as in {name}(1)/{following}")
            row = await self._row(entity, same, way)
            link, (name, number) = _link(entity, following), (following, next_number)
            same = {theirs: int(row[mine]) for mine, theirs in link.pairs}
            entity = ENTITIES[link.target]
        options, root = read_options(told, entity), self._root(request)
        if number is None and link.many:
            return JSONResponse(await self.answers.page(entity, options, same, root, f"{root}/{way.rstrip('/')}"))
        return await self._one(entity, same, options, root, way)

    async def _one(self, entity: Entity, same: Mapping[str, Any], options: Options, root: str, way: str) -> Response:
        row = await self._row(entity, same, way)
        [record] = await self.answers.records(entity, [row], options, root)
        return JSONResponse(record)

    async def _row(self, entity: Entity, same: Mapping[str, Any], way: str) -> Row:
        row = await self.answers.one(entity, same)
        if row is None:
            raise PathError(way, f"one of {entity.name}")
        return row

    async def _nothing(self, request: Request) -> Response:
        raise PathError(request.url.path, f"an address under {V11}")

    def _root(self, request: Request) -> str:
        base = self.base or str(request.base_url)
        return f"{base.rstrip('/')}{V11}"


def _step(part: str) -> tuple[str, str | None]:
    found = _STEP.fullmatch(part)
    if found is None:
        raise PathError(part, "a name, or a name with a number in brackets")
    return found[1], found[2]


def _set(name: str) -> Entity:
    if name not in ENTITIES:
        raise PathError(name, f"one of {', '.join(ENTITIES)}")
    return ENTITIES[name]


def _link(entity: Entity, name: str) -> Link:
    if name not in entity.links:
        raise PathError(name, f"one of {', '.join(entity.links)} of {entity.name}")
    return entity.links[name]


def _both(same: Mapping[str, Any], found: Mapping[str, Any], way: str) -> dict[str, Any]:
    """What the way so far and a number say together; they may contradict each other."""
    if any(same.get(column, value) != value for column, value in found.items()):
        raise PathError(way, "a number that is among those before it")
    return {**same, **found}


def _identified(entity: Entity, number: str) -> Mapping[str, Any]:
    found = entity.identify(number)
    if found is None:
        raise PathError(f"{entity.name}({number})", "a number in brackets")
    return found
