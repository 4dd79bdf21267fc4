"""The class of rain in an hour or a day, as BMKG names them; the figures and their sources are the pack's rows."""

from __future__ import annotations

from collections.abc import Sequence

from sensors.pack.rules import RainClass, Span


def judge_rain(millimetres: float, span: Span, classes: Sequence[RainClass]) -> RainClass | None:
    """The class of a sum of rain over one `span`; None where it is below the first class of that span."""
    reached = [row for row in classes if row.span == span and millimetres >= row.low]
    return reached[-1] if reached else None
