"""What a kind of reading is: its key, unit, valid range and rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Aggregate = Literal["mean", "sum", "last"]


@dataclass(frozen=True, slots=True)
class Kind:
    """An observed property. A value outside `low`…`high` (inclusive, in `unit`) is a fault of the device, not weather.

    `expected_interval` is how often a healthy device reports; `aggregate` is how several readings become one;
    `senml_units` are the RFC 8428 / RFC 8798 unit names that mean exactly `unit`; `name` and `unit` are for the screen.
    """

    key: str
    name: str
    unit: str
    low: float
    high: float
    decimals: int
    expected_interval: timedelta
    aggregate: Aggregate
    senml_units: tuple[str, ...]
    example: float

    def accepts(self, value: float) -> bool:
        """Whether `value` lies in the valid range (NaN never does)."""
        return self.low <= value <= self.high
