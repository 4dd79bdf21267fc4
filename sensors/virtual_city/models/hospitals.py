"""Hospitals: the beds they have, and how many of them are free."""

from __future__ import annotations

from collections.abc import Mapping

from sensors.virtual_city.chance import draw
from sensors.virtual_city.daytime import DAY, HOUR, warmth
from sensors.virtual_city.moment import Model, Moment

_BEDS = {"rsud-benda": 66}  # 53 rooms, 6 isolation, 7 intensive (tangerangnews 52339)
_FEWEST, _MORE = 120, 90  # where no source says how many


def beds_total(moment: Moment) -> float:
    """Beds of the hospital, always the same."""
    known = _BEDS.get(moment.device.key)
    return float(known or _FEWEST + round(_MORE * draw(moment.seed, moment.device.key, "beds")))


def beds_free(moment: Moment) -> float:
    """Free beds: fewer from week to week, more after the discharges of noon."""
    taken = 0.78 + 0.14 * moment.drift("taken", 3 * DAY) + 0.04 * moment.drift("night", 8 * HOUR)
    taken -= 0.05 * warmth(moment.hour)
    return float(round(beds_total(moment) * (1 - min(1.0, max(0.0, taken)))))


MODELS: Mapping[str, Model] = {"beds_total": beds_total, "beds_free": beds_free}
