"""What an adapter gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.errors import IngestError


class AdapterError(IngestError):
    """A document, or a record in it, that is not what the system sends; one line naming record and field."""


@dataclass(frozen=True, slots=True)
class Adapted:
    """A message for `<topic_root>/<topic>`."""

    topic: str
    payload: Mapping[str, Any]
