"""What the pack's indicators measure: one function a measure, each gives a value and how much of its data there was.

What was not heard counts like what was heard (a silent bus line like the mean of the others), and lowers the coverage.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from layouts.findings.ledger import DAY, Heard, Ledger, Span
from layouts.findings.measured_cases import (
    calls_apart,
    cases_done,
    cases_on_time,
    cases_per_day,
    is_due,
    response_minutes,
)
from layouts.findings.measured_prices import price_within_reference
from layouts.formats import known
from sensors.city import Indicator
from sensors.judge.ispu import judge_ispu
from sensors.pack.indicators import MEASURES

HUNDRED = 100.0
WELL = 2
"""The first categories of the ISPU, "Baik" and "Sedang": nothing to act on."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A value in the indicator's unit, None where nothing was heard, and the share 0..1 of its data."""

    value: float | None
    coverage: float
    due: bool = True
    """False where nothing was to be expected: an office on the day after a free one."""


def measure(ledger: Ledger, indicator: Indicator, span: Span) -> Measured:
    """Measure one indicator over one span."""
    if MEASURES[indicator.measure] == "service" and not is_due(ledger, indicator, span):
        return Measured(None, 0.0, due=False)
    value, coverage = MEASURED[indicator.measure](ledger, indicator, span)
    sound = known(value)
    return Measured(sound, coverage if sound is not None else 0.0)


Found = tuple[float | None, float]


def _mean(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    every = ledger.heard(indicator.of[0], span, indicator.hours)
    means = [each.mean for each in every.values() if each.stretches]
    return (sum(means) / len(means) if means else None), _share(every.values())


def _total(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    mean, share = _mean(ledger, indicator, span)
    return (None if mean is None else mean * len(ledger.heard(indicator.of[0], span))), share


def _per_day(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    every = ledger.heard(indicator.of[0], span, indicator.hours)
    daily = [
        sum(stretch.total for stretch in each.stretches) / (each.share if span is DAY else len(each.stretches))
        for each in every.values()
        if each.stretches and each.share
    ]
    return (sum(daily) / len(daily) * len(every) if daily else None), _share(every.values())


def _part(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    parts, wholes = (ledger.heard(kind, span, indicator.hours) for kind in indicator.of)
    both = [key for key in parts if key in wholes and parts[key].stretches and wholes[key].stretches]
    whole = sum(wholes[key].mean for key in both)
    part = sum(parts[key].mean for key in both)
    return (part / whole * HUNDRED if whole else None), _share([*parts.values(), *wholes.values()])


def _lamps(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    """Lamps lit at the darkest hour of the day, of these and the broken ones."""
    lit, faulty = (ledger.heard(kind, span, indicator.hours) for kind in indicator.of)
    both = [key for key in lit if key in faulty and lit[key].stretches and faulty[key].stretches]
    shining = sum(sum(day.high for day in lit[key].stretches) / len(lit[key].stretches) for key in both)
    all_ = shining + sum(faulty[key].mean for key in both)
    return (shining / all_ * HUNDRED if all_ else None), _share([*lit.values(), *faulty.values()])


def _air(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    """Station-days on which the worst pollutant was in one of the first two categories."""
    city = ledger.city
    pollutants = {row.pollutant for row in city.ispu}
    every = {kind: ledger.heard(kind, span, indicator.hours) for kind in pollutants}
    well = bad = 0
    for station in {key for heard in every.values() for key in heard}:
        for means in _means_by_day({kind: heard[station] for kind, heard in every.items() if station in heard}):
            verdict = judge_ispu(means, city.ispu, city.ispu_categories)
            if verdict is not None:
                fine = city.ispu_categories.index(verdict.category) < WELL
                well, bad = well + fine, bad + (not fine)
    coverage = _share([each for heard in every.values() for each in heard.values()])
    return _share_of(well, well + bad), coverage


def _means_by_day(heard: Mapping[str, Heard]) -> Collection[Mapping[str, float]]:
    days: dict[object, dict[str, float]] = {}
    for kind, each in heard.items():
        for stretch in each.stretches:
            days.setdefault(stretch.day, {})[kind] = stretch.total / stretch.n
    return days.values()


def _rivers(ledger: Ledger, indicator: Indicator, span: Span) -> Found:
    """Gauge-days whose highest level stayed below the first step that is worse than normal."""
    every = ledger.heard("water_level", span, indicator.hours)
    ladders = {key: ledger.city.devices[key].ladder for key in every}
    first = {key: ladder.steps[1].threshold for key, ladder in ladders.items() if ladder and len(ladder.steps) > 1}
    highs = [(stretch.high, limit) for key, limit in first.items() for stretch in every[key].stretches]
    return _share_of(sum(high < limit for high, limit in highs), len(highs)), _share([every[key] for key in first])


def _share(heard: Collection[Heard]) -> float:
    return sum(each.share for each in heard) / len(heard) if heard else 0.0


def _share_of(part: int, whole: int) -> float | None:
    return part / whole * HUNDRED if whole else None


MEASURED: Mapping[str, Callable[[Ledger, Indicator, Span], Found]] = MappingProxyType(
    {
        "reading-mean": _mean,
        "reading-total": _total,
        "reading-per-day": _per_day,
        "reading-share": _part,
        "lamp-share": _lamps,
        "air-share": _air,
        "river-share": _rivers,
        "cases-done": cases_done,
        "cases-per-day": cases_per_day,
        "cases-on-time": cases_on_time,
        "calls-apart": calls_apart,
        "response-minutes": response_minutes,
        "price-within-reference": price_within_reference,
    }
)
"""By the word of the pack; `sensors.pack.indicators.MEASURES` says what each is of."""
