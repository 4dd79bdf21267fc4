"""What the statistics office publishes, and the visitors of a place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sensors.virtual_city.chance import count, draw
from sensors.virtual_city.daytime import HOUR, profile
from sensors.virtual_city.moment import Model, Moment

# Inflation year on year of Kota Tangerang by month (bisnistangerang; tangerangkota 60175; tangerangnews 57130).
_PUBLISHED = {
    (2025, 7): 2.03, (2025, 8): 1.78, (2025, 9): 1.96, (2025, 10): 2.54, (2025, 11): 2.34, (2025, 12): 2.55,
    (2026, 1): 3.52,
}  # fmt: skip
_VISITS = (
    0,
    0,
    0,
    0,
    0.05,
    0.35,
    0.7,
    0.6,
    0.45,
    0.35,
    0.3,
    0.3,
    0.3,
    0.3,
    0.4,
    0.6,
    0.85,
    1,
    0.95,
    0.8,
    0.55,
    0.25,
    0.05,
    0,
)
_VISITORS = 420.0  # an hour at the busiest


def inflation(moment: Moment) -> float:
    """Inflation in %: of the month before, as published on its first day; where no month is known it wanders."""
    local = date.fromordinal(moment.sky.local.day(moment.at))
    month = (local.year, local.month - 1) if local.month > 1 else (local.year - 1, 12)
    known = _PUBLISHED.get(month)
    return 2.0 + 1.4 * draw(moment.seed, "inflation", month) if known is None else known


def visitors(moment: Moment) -> float:
    """Visitors in the interval: evenings, weekends, not in the rain."""
    mean = _VISITORS * profile(_VISITS, moment.hour) * (1.0 if moment.sky.local.weekend(moment.at) else 0.45)
    mean *= 0.3 if moment.rain_mm(0.5 * HOUR) > 1 else 1.0
    return float(count(moment.seed, mean * moment.seconds / HOUR, moment.device.key, "visitors", moment.at))


MODELS: Mapping[str, Model] = {"inflation": inflation, "visitors": visitors}
