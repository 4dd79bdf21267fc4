"""Where a page of a list ended, as the opaque text that asks for the next one.

A cursor holds the sort key of the last row and a digest over it and the question with its filters. The digest is not a
secret: it finds a cursor that was cut, altered or used with other filters, which would silently skip rows.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec

from dashboard.api.errors import FilterError
from layouts.panel import Row

Word = Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[^\x00]*$")]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
DIGEST = 8  # bytes
LONGEST = 512  # characters of a cursor; every one of ours is shorter
NEXT = "next"


class Place(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A sort key: its fields are the columns that a list is sorted by."""


class SeriesPlace(Place, frozen=True, array_like=True, forbid_unknown_fields=True):
    """In a list of one row a series."""

    device: Word
    kind: Word


class ReadingPlace(Place, frozen=True, array_like=True, forbid_unknown_fields=True):
    """In a list of readings, series by series."""

    device: Word
    kind: Word
    observed_at: Instant


class PricePlace(Place, frozen=True, array_like=True, forbid_unknown_fields=True):
    """In a list of prices, the newest first."""

    observed_at: Instant
    market: Word
    commodity: Word


class CasePlace(Place, frozen=True, array_like=True, forbid_unknown_fields=True):
    """In a list of cases, the last changed first."""

    at: Instant
    service: Word
    case_id: Word


class AlarmPlace(Place, frozen=True, array_like=True, forbid_unknown_fields=True):
    """In a list of alarms, the last raised first."""

    raised_at: Instant
    id: int


AnyPlace = TypeVar("AnyPlace", bound=Place)


def write_cursor(place: Place, asked: str) -> str:
    """Return the cursor of a place in the list that `asked` (the question and its filters) describes."""
    body = msgspec.json.encode(place)
    return base64.urlsafe_b64encode(_digest(body, asked) + body).rstrip(b"=").decode()


def read_cursor(text: str, asked: str, kind: type[AnyPlace]) -> AnyPlace:
    """Return the place a cursor names. Raises `FilterError` for any text that is no cursor of this very list."""
    expected = "the `next` of an answer to the same filters, unaltered"
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        place = msgspec.json.decode(raw[DIGEST:], type=kind)
    except (binascii.Error, ValueError):  # msgspec's errors are ValueErrors too
        raise FilterError(NEXT, text[:LONGEST], expected) from None
    if write_cursor(place, asked) != text:
        raise FilterError(NEXT, text[:LONGEST], expected)
    return place


def place_of(kind: type[AnyPlace], row: Row) -> AnyPlace:
    """Return the place of a row, which has the place's fields among its columns."""
    return kind(**{field: row[field] for field in kind.__struct_fields__})


def after(kind: type[Place], place: Place | None) -> Mapping[str, Any]:
    """Return the parameters `after_<field>` of a question; all None at the beginning of a list."""
    return {f"after_{field}": getattr(place, field, None) for field in kind.__struct_fields__}


def _digest(body: bytes, asked: str) -> bytes:
    return hashlib.blake2b(body + b"\0" + asked.encode(), digest_size=DIGEST).digest()
