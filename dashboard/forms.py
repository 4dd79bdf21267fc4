"""What a form says: `application/x-www-form-urlencoded`, of a size that a form has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from fastapi import Request

LONGEST_BODY = 65_536
MOST_FIELDS = 1000
Fields = Mapping[str, Sequence[str]]


async def read_form(request: Request) -> Fields:
    """Return what a form says; nothing where the body is no form of such a size."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            return {}
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # no UTF-8, or more fields than anybody sends
        return {}


def one(fields: Fields, name: str) -> str:
    """Return the first value of a field; empty where it says nothing."""
    return next(iter(fields.get(name, ())), "").strip()
