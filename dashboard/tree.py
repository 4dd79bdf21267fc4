"""A rendered panel as a plain tree of JSON values: what is compared, kept and sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

import msgspec

Json: TypeAlias = Any
"""Text, number, truth, None, or a list or mapping of these; mypy has no better word for it."""
Tree: TypeAlias = dict[str, Json]
"""`{"type", "namespace", "props": {…}}`, as the browser's side of Dash reads a component."""


def plain(value: object) -> Json:
    """Return `value` with every component, figure, number type and time turned into JSON values.

    Raises `TypeError` naming the type when a value has no picture in JSON.
    """
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "to_plotly_json"):  # a component or a figure
        return plain(value.to_plotly_json())
    return _scalar(value)


def _scalar(value: object) -> Json:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if hasattr(value, "tolist"):  # a numpy array or number inside a figure
        return plain(value.tolist())
    raise TypeError(
        f"a panel holds a {type(value).__name__}: expected a component, text, number, time, list or mapping"
    )


def encode(value: Json) -> bytes:
    """Serialize a plain tree to JSON (no NaN: it becomes null, which every browser can read)."""
    return msgspec.json.encode(value)
