"""Deadlines turned round say the same as deadlines: a case is late by its bounds exactly when its deadline is over."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sensors.city import City, Service, load_city
from sensors.judge.bounds import NO_CATEGORY, bounds_of
from sensors.judge.deadline import CaseTimes, judge_deadline

MOMENTS = ["2026-11-21T00:00:00", "2026-03-25T16:59:59", "2026-03-25T17:00:00", "2027-01-04T03:12:00"]
"""A Saturday, the two sides of a local midnight after Lebaran, and a Monday after the new year."""


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def agreed(services: dict[str, Service], city: City, now: datetime, seed: int) -> int:
    """How many of many random cases are late; each must be so by both ways of judging."""
    chance, late = random.Random(seed), 0
    bounds = bounds_of(services, city.calendar, city.calendar.local_day(now))
    for _ in range(3000):
        service = chance.choice(list(services.values()))
        status = chance.choice([key for key, each in service.statuses.items() if each.open])
        category = chance.choice([None, *service.categories])
        opened = now - timedelta(seconds=int(chance.random() ** 3 * 120 * 86_400))
        moved = opened + timedelta(seconds=int((now - opened).total_seconds() * chance.random()))
        due = judge_deadline(CaseTimes(status, opened, moved, category), service, city.calendar)
        told = any(
            bound.late(opened if bound.opened else moved, now)
            for bound in bounds
            if (bound.service, bound.status, bound.category) == (service.key, status, category or NO_CATEGORY)
        )
        assert told is (due is not None and due.overdue(now)), (service.key, status, category, opened, moved)
        late += told
    return late


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_the_database_calls_late_is_what_the_deadline_says(city: City, moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert 200 < agreed(dict(city.services), city, now, seed=1) < 2800


def test_a_rule_that_was_changed_holds_for_what_began_since(city: City) -> None:
    now, laksa = datetime(2026, 11, 21, tzinfo=UTC), city.services["laksa"]
    first = laksa.stages[0]
    changed = replace(laksa, stages=(*laksa.stages, replace(first, length=1, valid_from=date(2026, 11, 16))))
    assert agreed({"laksa": changed}, city, now, seed=2) > agreed({"laksa": laksa}, city, now, seed=2)


def test_a_closed_status_and_a_class_of_call_have_no_bounds(city: City) -> None:
    bounds = bounds_of(city.services, city.calendar, date(2026, 11, 21))
    assert all(city.services[each.service].statuses[each.status].open for each in bounds)
    silent = {
        (service.key, key)
        for service in city.services.values()
        for key, each in service.categories.items()
        if not each.counts
    }
    assert silent
    assert not silent & {(each.service, each.category) for each in bounds}
