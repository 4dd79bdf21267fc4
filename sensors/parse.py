"""JSON, numbers and times as field devices write them. All raise `CodecError` naming field, found and expected."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta

import msgspec

from sensors.reading import CodecError

AHEAD = timedelta(minutes=10)
"""How far a device's clock may run ahead of ours."""
NUMBER = re.compile(r"[ \t\r\n]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t\r\n]*")
LONGEST = 64  # characters: of a number as text (float() of a long digit string is slow), and of what a detail repeats
_json = msgspec.json.Decoder()


def parse_json(payload: bytes) -> object:
    """The JSON value of a payload in UTF-8; NaN and Infinity are not JSON."""
    if not payload:
        raise CodecError("bad-json", "payload: found nothing, expected JSON")
    try:
        return _json.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CodecError("bad-json", f"payload: found {told(payload)} ({error}), expected JSON") from None


def parse_number(field: str, found: object) -> float:
    """A finite number, also written as text with blanks around it. A truth value is not a number."""
    value = math.nan
    if isinstance(found, float):
        value = found
    elif isinstance(found, int) and not isinstance(found, bool):
        value = _float(found)
    elif isinstance(found, str) and len(found) <= LONGEST and NUMBER.fullmatch(found):
        value = float(found)
    if not math.isfinite(value):
        raise CodecError("bad-value", f"{field}: found {told(found)}, expected a finite number")
    return value


def parse_time(field: str, found: object, received_at: datetime) -> datetime:
    """An instant in UTC from RFC 3339 text with an offset, or epoch seconds; at most `AHEAD` after `received_at`."""
    instant = None
    if isinstance(found, str):
        instant = _rfc3339(field, found)
    if instant is None:
        instant = _epoch(field, found)
    return not_ahead(field, instant, received_at)


def not_ahead(field: str, instant: datetime, received_at: datetime) -> datetime:
    """The instant itself, unless the clock that made it runs too far ahead of ours."""
    if instant - received_at > AHEAD:
        raise CodecError(
            "future-time", f"{field}: found {instant.isoformat()}, expected at most 10 minutes ahead of now"
        )
    return instant


def told(found: object) -> str:
    """What was found, on one line and short enough for a log."""
    if isinstance(found, (list, dict)):
        return f"{'an array' if isinstance(found, list) else 'an object'} of {len(found)}"
    text = ascii(found[:LONGEST] if isinstance(found, (str, bytes)) else found)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _float(found: int) -> float:
    try:
        return float(found)
    except OverflowError:
        return math.inf


def _rfc3339(field: str, found: str) -> datetime | None:
    try:
        instant = msgspec.convert(found.strip(), datetime)
        if instant.tzinfo is None:
            raise CodecError("bad-time", f"{field}: found {told(found)} without an offset, expected RFC 3339 with one")
        return instant.astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        return None


def _epoch(field: str, found: object) -> datetime:
    try:
        return datetime.fromtimestamp(parse_number(field, found), UTC)
    except (CodecError, ValueError, OverflowError, OSError):
        expected = "RFC 3339 with an offset, or epoch seconds"
        raise CodecError("bad-time", f"{field}: found {told(found)}, expected {expected}") from None
