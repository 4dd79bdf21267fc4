"""What a caller of the interface is told when it asked for something that cannot be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from dashboard.errors import DashboardError


class FilterError(DashboardError):
    """A filter that means nothing here; `name` is its name in the query, `found` what stood there."""

    def __init__(self, name: str, found: object, expected: str) -> None:
        super().__init__(f"found {str(found)!r}, expected {expected}")
        self.name = name
        self.found = found


class RefusedError(DashboardError):
    """A request that is understood and not served; `status` says why as HTTP does."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status


@dataclass(frozen=True, slots=True)
class Failure:
    """What a refusal says, in whatever form an interface puts it: `faults` name what is wrong, field by field."""

    status: HTTPStatus
    detail: str
    faults: tuple[Mapping[str, object], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def known(name: str, found: str | None, among: Iterable[str]) -> None:
    """Raise `FilterError` for a word that is not `among` those known; None asks for nothing and passes."""
    words = list(among)
    if found is not None and found not in words:
        raise FilterError(name, found, f"one of {', '.join(words)}")
