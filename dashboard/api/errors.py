"""What a caller of the interface is told when it asked for something that cannot be answered."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.errors import DashboardError


class FilterError(DashboardError):
    """A filter that means nothing here; `name` is its name in the query, `found` what stood there."""

    def __init__(self, name: str, found: object, expected: str) -> None:
        super().__init__(f"found {str(found)!r}, expected {expected}")
        self.name = name
        self.found = found


def known(name: str, found: str | None, among: Iterable[str]) -> None:
    """Raise `FilterError` for a word that is not `among` those known; None asks for nothing and passes."""
    words = list(among)
    if found is not None and found not in words:
        raise FilterError(name, found, f"one of {', '.join(words)}")
