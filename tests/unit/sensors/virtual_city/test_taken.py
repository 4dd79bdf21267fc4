"""Ingest takes every message of the virtual city, whatever the scenario: nothing is refused over a simulated day."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ingest.delivery import Delivery
from ingest.sorting import Sorter
from sensors.virtual_city import feeds
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.flaws import Flaws
from sensors.virtual_city.messages import Message
from sensors.virtual_city.pace import Pace, beats
from sensors.virtual_city.scenario import SCENARIOS
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_of_a_day_is_refused(make_world: MakeWorld, scenario: str) -> None:
    world = make_world(scenario)
    city = feeds.City(world, Pace(MONDAY, 1.0), beats(world, None), Flaws(1), MONDAY - 14 * DAY)
    sorter = Sorter(world.city)
    seen: Counter[str] = Counter()
    spoken: set[str] = set()
    for message in _day(city):
        received = datetime.fromtimestamp(message.due, UTC)
        delivery = Delivery(message.topic, message.payload, len(message.payload), received, False, 1, 1, 0)
        taken = sorter.take_apart(delivery)
        assert taken.rejections == (), message
        seen[taken.stream] += 1
        spoken.update(event.service for event in taken.case_events)
    assert spoken == set(world.city.services)
    assert seen["cases"] > 250
    assert seen["prices"] >= 5
    assert seen["readings"] == 8 * len(city.beats)


def test_cases_add_a_few_messages_a_minute_at_most(make_world: MakeWorld) -> None:
    for scenario in ("calm", "flood"):
        world = make_world(scenario)
        city = feeds.City(world, Pace(MONDAY, 1.0), beats(world, None), None, MONDAY - 14 * DAY)
        assert len(_until(feeds.case_steps(city, MONDAY), MONDAY + DAY)) < 2 * 24 * 60


def _day(city: feeds.City) -> Iterator[Message]:
    for feed in (feeds.case_steps, feeds.morning_reports):
        yield from _until(feed(city, MONDAY), MONDAY + DAY)
    for hour, beat in itertools.product(range(0, 24, 3), city.beats):
        yield feeds.reading(city, beat, beat.instant(beat.slot_after(MONDAY + hour * HOUR)))


def _until(feed: Iterator[Message], until: float) -> list[Message]:
    return list(itertools.takewhile(lambda message: message.due <= until, feed))
