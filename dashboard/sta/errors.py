"""What a caller of SensorThings is told when it asked for something that cannot be answered."""

from __future__ import annotations

from http import HTTPStatus

from dashboard.api.errors import RefusedError


class QueryError(RefusedError):
    """A query option, or a part of it, that means nothing here; the message names the option."""

    def __init__(self, option: str, found: str, expected: str) -> None:
        super().__init__(HTTPStatus.BAD_REQUEST, f"{option}: found {found[:120]!r}, expected {expected}")


class PathError(RefusedError):
    """An address that leads nowhere."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(HTTPStatus.NOT_FOUND, f"found {found[:120]!r}, expected {expected}")
