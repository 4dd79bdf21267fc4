"""Cases of every service come as often as the pack says, live through their statuses in order, and mostly end."""

from __future__ import annotations

from collections import Counter

import pytest

from sensors.city import load_city
from sensors.virtual_city.complaints import Complaint, complaints, steps
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.world import World
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld


def _of_days(world: World, number: int, service: str = "laksa") -> list[Complaint]:
    first = world.sky.local.day(MONDAY)
    found = [complaint for day in range(first, first + number) for complaint in complaints(world, day)]
    return [complaint for complaint in found if complaint.service == service]


def test_there_are_about_35_a_day(make_world: MakeWorld) -> None:
    assert 31 < len(_of_days(make_world("calm"), 60)) / 60 < 39


def test_ids_are_never_given_twice(make_world: MakeWorld) -> None:
    ids = [complaint.case_id for complaint in _of_days(make_world("flood"), 60)]
    assert len(ids) == len(set(ids))


def test_each_lives_through_its_statuses_in_order(make_world: MakeWorld) -> None:
    for complaint in _of_days(make_world("flood"), 30):
        instants, words = zip(*complaint.steps, strict=True)
        assert list(instants) == sorted(set(instants))
        assert words == ("menunggu", "proses", "selesai")[: len(words)]


def test_about_96_in_a_hundred_are_done(make_world: MakeWorld) -> None:
    made = _of_days(make_world("calm"), 120)
    done = sum(complaint.steps[-1][1] == "selesai" for complaint in made)
    assert 0.945 < done / len(made) < 0.985


def test_categories_follow_their_shares_and_agencies_their_categories(make_world: MakeWorld) -> None:
    world = make_world("calm")
    made = _of_days(world, 60)
    seen = Counter(complaint.category for complaint in made)
    categories = world.city.services["laksa"].categories
    for key, category in categories.items():
        assert abs(seen[key] / len(made) - category.share) < 0.03
    assert all(complaint.agency == categories[complaint.category].agency for complaint in made)


def test_each_lies_in_its_own_subdistrict(make_world: MakeWorld) -> None:
    world = make_world()
    for complaint in _of_days(world, 5):
        point = world.city.subdistricts[complaint.subdistrict].point
        assert abs(complaint.lat - point.lat) < 0.0035
        assert abs(complaint.lon - point.lon) < 0.0035


def test_people_sleep(make_world: MakeWorld) -> None:
    world = make_world("calm")
    hours = Counter(int(world.sky.local.hour(complaint.steps[0][0])) for complaint in _of_days(world, 60))
    assert hours[9] > 5 * max(hours[2], 1)


def test_a_flood_brings_its_own_complaints(make_world: MakeWorld) -> None:
    calm, flood = (_of_days(make_world(name), 2) for name in ("calm", "flood"))
    wet = {"banjir", "pohon-tumbang"}
    assert sum(c.category in wet for c in flood) > 10 + sum(c.category in wet for c in calm)


def test_steps_of_neighbouring_spans_are_the_steps_of_both(make_world: MakeWorld) -> None:
    world = make_world()
    spans = [(MONDAY + n * HOUR, MONDAY + (n + 1) * HOUR) for n in range(48)]
    whole = list(steps(world, MONDAY, MONDAY + 2 * DAY, MONDAY - 14 * DAY))
    parts = [step for since, until in spans for step in steps(world, since, until, MONDAY - 14 * DAY)]
    assert whole == parts
    assert len(whole) > 100


def test_cases_opened_before_the_history_stay_silent(make_world: MakeWorld) -> None:
    told = list(steps(make_world(), MONDAY, MONDAY + DAY, MONDAY))
    assert told
    assert all(step.complaint.steps[0][0] > MONDAY for step in told)


@pytest.mark.parametrize("key", load_city("tangerang").services)
def test_every_service_of_the_pack_lives_by_its_own_steps(make_world: MakeWorld, key: str) -> None:
    world = make_world("flood")
    service = world.city.services[key]
    made = _of_days(world, 30, key)
    assert 0.8 * service.daily < len(made) / 30
    assert len({complaint.case_id for complaint in made}) == len(made)
    for complaint in made:
        instants, words = zip(*complaint.steps, strict=True)
        assert list(instants) == sorted(set(instants))
        assert all(service.allows(a, b) for a, b in zip((None, *words[:-1]), words, strict=True)), words
    assert any(not service.statuses[complaint.steps[-1][1]].open for complaint in made)


def test_a_prank_call_is_never_an_incident_and_an_incident_is_met_within_the_hour(make_world: MakeWorld) -> None:
    world = make_world("calm")
    service = world.city.services["siaga-112"]
    made = _of_days(world, 60, "siaga-112")
    for complaint in made:
        words = [status for _, status in complaint.steps]
        if not service.categories[complaint.category].counts:
            assert words == ["diterima", "ditutup"]
        else:
            assert words == ["diterima", "dikirim", "tiba", "selesai"]
            assert complaint.steps[2][0] - complaint.steps[0][0] < HOUR
    incidents = sum(service.categories[complaint.category].counts for complaint in made)
    assert 0.03 < incidents / len(made) < 0.08
