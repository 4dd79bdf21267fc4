"""A picture as JSON: what is compared, kept and sent."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

Json: TypeAlias = Any
"""Text, number, truth, None, or a list or mapping of these; mypy has no better word for it."""
Tree: TypeAlias = dict[str, Json]
"""An element of `layouts.html`: `{"type", "props": {…}}`."""


def encode(value: Json) -> bytes:
    """Serialize to JSON; NaN becomes null, and what JSON has no value for its words: no panel can stop the stream."""
    return msgspec.json.encode(value, enc_hook=str)
