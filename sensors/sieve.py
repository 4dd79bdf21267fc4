"""The one door for values: kind known, number finite, value in range. What does not pass is refused by name."""

from __future__ import annotations

from datetime import datetime
from math import isfinite

from sensors.kinds import KINDS
from sensors.parse import parse_number, told
from sensors.reading import CodecError, Decoded, Reading, Refusal
from sensors.words import one_of


class Sieve:
    """Sorts the values of one message of one device into readings, skipped nulls and refusals."""

    __slots__ = ("_readings", "_refused", "_skipped", "device")

    def __init__(self, device: str) -> None:
        self.device = device
        self._readings: list[Reading] = []
        self._refused: list[Refusal] = []
        self._skipped = 0

    def take(self, kind: str, found: object, observed_at: datetime) -> None:
        """Judge one value; `observed_at` is aware UTC. Never raises for what a device sent."""
        if found is None:
            self._skipped += 1
            return
        known = KINDS.get(kind)
        if known is None:
            self.refuse("unknown-kind", f"kind: found {told(kind)}, expected {one_of(kind, KINDS)}")
            return
        try:
            value = found if type(found) is float and isfinite(found) else parse_number(kind, found)
        except CodecError as error:
            self.refuse(error.reason, error.detail)
            return
        if known.low <= value <= known.high:
            self._readings.append(Reading(self.device, kind, observed_at, value))
        else:
            self.refuse(
                "out-of-range", f"{kind}: found {value:g}, expected {known.low:g} to {known.high:g} {known.unit}"
            )

    def refuse(self, reason: str, detail: str) -> None:
        """Put aside what cannot be taken."""
        self._refused.append(Refusal(reason, detail))

    def decoded(self) -> Decoded:
        """All that was taken and refused so far."""
        return Decoded(tuple(self._readings), self._skipped, tuple(self._refused))
