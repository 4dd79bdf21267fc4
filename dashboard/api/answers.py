"""What an operation may answer, as OpenAPI tells it: formats, headers and every failure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.api.geo import GEOJSON, SCHEMA
from dashboard.api.route import PROBLEM

SHEET: dict[str, Any] = {"text/csv": {"schema": {"type": "string"}}}
MAP: dict[str, Any] = {GEOJSON: {"schema": SCHEMA}}
STREAM: dict[str, Any] = {"text/event-stream": {"schema": {"type": "string"}}}
FAILURES: Mapping[int, str] = {
    401: "No key where one is needed, or one that nobody gave out",
    403: "The key is not for this",
    404: "There is nothing at this address",
    405: "Not by this method",
    406: "The list cannot be written in any format that `Accept` names",
    422: "A filter is wrong or unknown: `errors` names it",
    429: "Asked too often: `Retry-After` says for how many seconds to wait",
    503: "The database cannot answer now",
}
_SAID = {"content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_NUMBER = {"schema": {"type": "integer", "minimum": 0}}
_BUDGET: dict[str, Any] = {
    "RateLimit-Limit": {"description": "How many requests in a minute.", **_NUMBER},
    "RateLimit-Remaining": {"description": "How many are left of them.", **_NUMBER},
    "RateLimit-Reset": {"description": "Seconds until they are all there again.", **_NUMBER},
}
_AGAIN = {"Retry-After": {"description": "Seconds to wait.", **_NUMBER}}
_TEXT = {"schema": {"type": "string"}}
_MARKS: dict[str, Any] = {
    "ETag": {"description": "Hand it back as `If-None-Match`: 304 while the answer is the same.", **_TEXT},
    "Link": {"description": 'The address of the next page, `rel="next"`; not there at the end.', **_TEXT},
}


def answers(*, ends: bool = True, **content: Any) -> dict[int | str, dict[str, Any]]:  # noqa: ANN401 - OpenAPI's own free form
    """Return everything an operation answers; `content` are its formats beside JSON. One without end has no mark."""
    failures: dict[int | str, dict[str, Any]] = {
        status: {"description": said, "headers": _AGAIN if status in (429, 503) else {}, **_SAID}
        for status, said in FAILURES.items()
    }
    if not ends:
        return {200: {"content": content, "headers": _BUDGET}, **failures}
    good = {"content": content, "headers": _MARKS | _BUDGET}
    same = {"description": "Nothing has changed since the answer that `If-None-Match` names", "headers": _BUDGET}
    return {200: good, 304: same, **failures}
