"""The database judges the steps of a case as `sensors.judge.steps` does, in whatever order the events come."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from data.records import CaseEvent, Message
from sensors.city import City, load_city
from sensors.judge.steps import Event, course_of, first_action, impossible_steps
from tests.batches import NOW, ask, message, writer

pytestmark = pytest.mark.integration
Case = tuple[str, str]
KEPT = "SELECT service, case_id, impossible_steps, first_action_at FROM cases ORDER BY 1, 2"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def lives(city: City, seed: int) -> dict[Case, list[Event]]:
    """Forty cases that enter some statuses at random, some of them several at one instant."""
    chance, found = random.Random(seed), {}
    for number in range(40):
        service = chance.choice(list(city.services.values()))
        instants = (NOW + timedelta(minutes=chance.randrange(8)) for _ in range(chance.choice((1, 1, 2, 3, 7))))
        found[service.key, f"C-{number}"] = [(at, chance.choice(list(service.statuses))) for at in instants]
    return found


def event(city: City, case: Case, at: datetime, status: str) -> Message:
    statuses = city.services[case[0]].statuses
    made = CaseEvent(*case, status, list(statuses).index(status), statuses[status].open, at)
    return message("cases", case_events=(made,))


@pytest.mark.parametrize("seed", range(4))
def test_the_database_and_the_judge_agree_over_any_order_and_repeats(database_url: str, city: City, seed: int) -> None:
    cases, chance = lives(city, seed), random.Random(seed)
    messages = [event(city, case, *step) for case, steps in cases.items() for step in steps]
    chance.shuffle(messages)
    with closing(writer(database_url, services=city.services)) as room:
        while messages:
            batch = [messages.pop() for _ in range(min(len(messages), chance.randint(1, 40)))]
            room.write(batch)
            room.write(chance.sample(batch, len(batch) // 3))
    courses = {case: course_of(steps, city.services[case[0]]) for case, steps in cases.items()}
    judged = [
        (*case, len(impossible_steps([status for _, status in course], service)), first_action(course, service))
        for case, course in sorted(courses.items())
        for service in [city.services[case[0]]]
    ]
    assert ask(database_url, KEPT) == judged
    assert any(row[2] for row in judged)
    assert any(not row[2] for row in judged)
    assert any(row[3] is None for row in judged)


def test_an_impossible_step_is_stored_and_a_late_event_clears_it(database_url: str, city: City) -> None:
    case = ("siaga-112", "112-1")
    with closing(writer(database_url, services=city.services)) as room:
        room.write([event(city, case, NOW, "diterima"), event(city, case, NOW + timedelta(minutes=9), "tiba")])
        assert ask(database_url, KEPT) == [(*case, 1, NOW + timedelta(minutes=9))]
        assert ask(database_url, "SELECT count(*) FROM case_events") == [(2,)]
        room.write([event(city, case, NOW + timedelta(minutes=2), "dikirim")])
    assert ask(database_url, KEPT) == [(*case, 0, NOW + timedelta(minutes=2))]


def test_of_a_service_the_writer_does_not_know_nothing_is_judged(database_url: str, city: City) -> None:
    with closing(writer(database_url)) as room:
        room.write([event(city, ("laksa", "L-1"), NOW, "selesai")])
    assert ask(database_url, KEPT) == [("laksa", "L-1", 0, None)]
