"""What a codec gives: readings, and by name what it would not take.

Structs of msgspec, for their making costs a fifth of a dataclass's and there is one a value.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from sensors.errors import SensorsError


class Reading(Struct, frozen=True, gc=False):
    """One observed value, in the unit of its kind, at an aware UTC instant."""

    device: str
    kind: str
    observed_at: datetime
    value: float


class Refusal(Struct, frozen=True, gc=False):
    """A part of a message that is not taken: `reason` a short slug, `detail` one line naming field, found, expected."""

    reason: str
    detail: str


class Decoded(Struct, frozen=True, gc=False):
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
