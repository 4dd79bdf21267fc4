"""What the pack says, as parameters of questions: what is a case, what states mean, who is late, how far curves go.

Questions that count or list cases join these arrays (`unnest`), so that no word of the pack stands in SQL and every
count is made in the database, over all cases and not over the first so many.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from layouts.findings.case_states import STATES
from layouts.findings.response import arrival_of
from sensors.city import City
from sensors.judge.bounds import bounds_of
from sensors.shifts import turn_at


def params_of(city: City, now: datetime) -> dict[str, Any]:
    """Return what every question may take: what the pack says, and the moment as which it is asked."""
    return {
        **terms_of(city, now),
        "devices": list(city.devices),
        "markets": list(city.markets),
        "service": next(iter(city.services), ""),
        "zone": city.zone.key,
        "now": now,
    }


def terms_of(city: City, now: datetime) -> Mapping[str, Any]:
    """Return the parameters.

    `state_*` are statuses with their roles, `means_*` the states of the desk's filters, `kind_*` categories and whether
    they count, `bound_*` deadlines, `arrival_*` the statuses that limits in minutes end with, `*_hours` how far curves
    look back, from when on an alarm that stands is told, how far before one its cause is looked for; `shift_since` when
    the shift that runs began; `kept_days` for how long single readings and their minutes are kept.
    """
    shift = {"shift_since": turn_at(city.shifts, city.zone, now).begins_at}
    return {**_on(_Held(city), city.calendar.local_day(now)), **shift}


class _Held:
    """A city as what it is, not what it holds: one pack is one set of terms."""

    def __init__(self, city: City) -> None:
        self.city = city

    def __hash__(self) -> int:
        return id(self.city)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.city is self.city


@lru_cache(maxsize=4)
def _on(held: _Held, today: date) -> Mapping[str, Any]:
    city = held.city
    states = [(service.key, status) for service in city.services.values() for status in service.statuses.values()]
    kinds = [(service.key, each) for service in city.services.values() for each in service.categories.values()]
    meant = [(state.key, role) for state in STATES.values() for role in state.roles]
    bounds = bounds_of(city.services, city.calendar, today)
    arrivals = [(service.key, arrival) for service in city.services.values() if (arrival := arrival_of(service))]
    return {
        "state_service": [service for service, _ in states],
        "state_status": [status.key for _, status in states],
        "state_role": [status.role for _, status in states],
        "means_state": [state for state, _ in meant],
        "means_role": [role for _, role in meant],
        "kind_service": [service for service, _ in kinds],
        "kind_category": [category.key for _, category in kinds],
        "kind_counts": [category.counts for _, category in kinds],
        "bound_service": [each.service for each in bounds],
        "bound_status": [each.status for each in bounds],
        "bound_category": [each.category for each in bounds],
        "bound_opened": [each.opened for each in bounds],
        "bound_since": [each.since for each in bounds],
        "bound_before": [each.before for each in bounds],
        "bound_length": [each.length for each in bounds],
        "arrival_service": [service for service, _ in arrivals],
        "arrival_status": [arrival for _, arrival in arrivals],
        "rivers_hours": city.curves.rivers,
        "air_hours": city.curves.air,
        "works_hours": city.curves.works,
        "kept_days": city.retention_days,
        "standing_hours": round(city.alarm_limits.standing),
        "before_hours": round(city.alarm_limits.before),
    }
