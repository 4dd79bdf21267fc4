"""The OpenAPI document: the interface's own operations, with the words of this city, and how it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dashboard.api.items import Fault, Problem
from sensors.city import City

PREFIX = "/api/v1/"
VERSION = "1.0.0"
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key that the operator gave out."},
    "header": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "The same key, where it is easier.",
    },
}
LEFT_EMPTY = {"type": "string", "maxLength": 0}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of an answer one has: 304 while nothing has changed.",
    "schema": {"type": "string"},
}


def describe(server: FastAPI, city: City) -> None:
    """Let the server tell its interface by this document, made when it is first asked for."""
    server.openapi = _once(server, _words(city))  # type: ignore[method-assign]  # FastAPI's own way


def _once(server: FastAPI, words: Mapping[str, Sequence[str]]) -> Callable[[], dict[str, Any]]:
    def openapi() -> dict[str, Any]:
        if server.openapi_schema is None:
            server.openapi_schema = _document(server, words)
        return server.openapi_schema

    return openapi


def _document(server: FastAPI, words: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    document = get_openapi(
        title=server.title,
        version=VERSION,
        description="What the room has committed, read only. Explained in docs/api.md.",
        routes=server.routes,
        servers=[{"url": "/"}],
    )
    document["paths"] = {path: told for path, told in document["paths"].items() if path.startswith(PREFIX)}
    components = document.setdefault("components", {})
    template = "#/components/schemas/{model}"
    for model in (Problem, Fault):
        schema = model.model_json_schema(ref_template=template)
        schema.pop("$defs", None)
        components.setdefault("schemas", {})[model.__name__] = schema
    components["securitySchemes"] = SECURITY
    document["security"] = [{}, *({name: []} for name in SECURITY)]
    for path in document["paths"].values():
        for operation in path.values():
            _finish(operation, words)
    return document


def _finish(operation: dict[str, Any], words: Mapping[str, Sequence[str]]) -> None:
    for parameter in operation.setdefault("parameters", []):
        choices = parameter["schema"].get("anyOf", [])
        parameter["schema"] |= {"anyOf": _choices(choices, words.get(parameter["name"]))} if choices else {}
    if "304" in operation["responses"]:
        operation["parameters"].append(IF_NONE_MATCH)


def _choices(choices: Sequence[dict[str, Any]], among: Sequence[str] | None) -> list[dict[str, Any]]:
    """What a filter may be: for a query knows no null but an empty text, and a time may be epoch seconds too."""
    told: list[dict[str, Any]] = []
    for choice in choices:
        if choice.get("type") == "null":
            told.append(LEFT_EMPTY)
            continue
        told.append({**choice, "enum": list(among)} if among is not None else choice)
        if choice.get("format") == "date-time":
            told.append({"type": "number"})
    return told


def _words(city: City) -> dict[str, Sequence[str]]:
    """What filters may be that only a city knows: one of its words."""
    statuses = {word for service in city.services.values() for word in service.statuses}
    return {
        "commodity": tuple(city.commodities),
        "service": tuple(city.services),
        "status": tuple(sorted(statuses)),
        "rule": tuple(city.alarm_rules),
    }
