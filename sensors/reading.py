"""What a codec gives: readings, and by name what it would not take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sensors.errors import SensorsError


@dataclass(frozen=True, slots=True)
class Reading:
    """One observed value, in the unit of its kind, at an aware UTC instant."""

    device: str
    kind: str
    observed_at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of a message that is not taken: `reason` a short slug, `detail` one line naming field, found, expected."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one message holds; `skipped` counts its null values."""

    readings: tuple[Reading, ...]
    skipped: int
    refused: tuple[Refusal, ...]


class CodecError(SensorsError):
    """A whole message is not understood; `reason` and `detail` as in `Refusal`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
