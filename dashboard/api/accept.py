"""Which format a list is written in: as `format` says, else as the header `Accept` asks (RFC 9110)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, TypeVar, get_args

from fastapi import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from dashboard.api.errors import RefusedError
from dashboard.api.filters import Paged
from dashboard.api.geo import GEOJSON

KINDS = {"application/json": "json", "text/csv": "csv", GEOJSON: "geojson"}
"""By their media types; the first is what a client gets that does not mind."""
Filters = TypeVar("Filters", bound=Paged)


def settled(request: Request, filters: Filters) -> Filters:
    """Return the filters with the format decided. Raises `RefusedError` when the list has none the client takes."""
    if getattr(filters, "format", None) is not None:
        return filters
    offered = [kind for kind, name in KINDS.items() if name in _formats(type(filters))]
    accepted = parse_accept_header(request.headers.get("accept") or "*/*", MIMEAccept)
    best = accepted.best_match(offered)
    if best is None:
        raise RefusedError(HTTPStatus.NOT_ACCEPTABLE, f"Accept: expected one of {', '.join(offered)}")
    return filters.model_copy(update={"format": KINDS[best]})


def _formats(filters: type[Paged]) -> tuple[Any, ...]:
    """The names in the hint of the field `format`: `Literal[...] | None`."""
    return get_args(get_args(filters.model_fields["format"].annotation)[0])
