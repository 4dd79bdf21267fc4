"""Cases of every service come as often as the pack says, live through their statuses in order, and mostly end."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from statistics import mean, median

import pytest

from sensors.city import load_city
from sensors.virtual_city.complaints import Complaint, complaints, steps
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.floods import rises
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


def test_a_prank_call_is_never_an_incident_and_most_incidents_are_met(make_world: MakeWorld) -> None:
    world = make_world("calm")
    service = world.city.services["siaga-112"]
    made = _of_days(world, 60, "siaga-112")
    ends: Counter[tuple[str, ...]] = Counter()
    for complaint in made:
        words = tuple(status for _, status in complaint.steps)
        if service.categories[complaint.category].counts:
            ends[words] += 1
            assert complaint.priority == "tinggi"
        else:
            assert words == ("diterima", "ditutup")
            assert complaint.steps[1][0] - complaint.steps[0][0] < 180
    assert ends.keys() == {("diterima", "dikirim", "tiba", "selesai"), ("diterima", "dikirim", "ditutup")}
    assert ends["diterima", "dikirim", "tiba", "selesai"] > 0.9 * ends.total()
    assert 0.03 < ends.total() / len(made) < 0.08


def test_help_arrives_in_about_twelve_minutes_on_average(make_world: MakeWorld) -> None:
    made = [dict(map(reversed, case.steps)) for case in _of_days(make_world("calm"), 120, "siaga-112")]
    minutes = [(steps["tiba"] - steps["diterima"]) / 60 for steps in made if "tiba" in steps]
    assert len(minutes) > 300
    assert 11.7 < mean(minutes) < 13.1
    assert 0.1 < sum(each > 15 for each in minutes) / len(minutes) < 0.35


@pytest.mark.parametrize(
    ("service", "ends"),
    [("polres", "dilimpahkan"), ("pencaker", "ditutup"), ("perizinan", "ditolak"), ("bebenah", "ditolak")],
)
def test_some_cases_are_closed_without_being_done_and_some_are_still_open(
    make_world: MakeWorld, service: str, ends: str
) -> None:
    last = Counter(case.steps[-1][1] for case in _of_days(make_world("calm"), 120, service))
    assert 0.05 < last[ends] / last.total() < 0.4
    done = next(s.key for s in make_world().city.services[service].statuses.values() if s.role == "done")
    assert last[done] > 0.4 * last.total()
    assert len(last) > 2


def test_what_offices_ask_for_again_is_brought_again(make_world: MakeWorld) -> None:
    walks = {tuple(word for _, word in case.steps) for case in _of_days(make_world("calm"), 120, "perizinan")}
    assert ("diajukan", "diperiksa", "diajukan", "diperiksa", "terbit") in walks


@pytest.mark.parametrize("service", ["pencaker", "perizinan", "bebenah"])
def test_offices_act_on_working_days_only(make_world: MakeWorld, service: str) -> None:
    world = make_world("calm")
    for case in _of_days(world, 60, service):
        for at, _ in case.steps[1:]:
            assert world.city.calendar.free(date.fromordinal(world.sky.local.day(at))) is None, case


def test_a_licence_of_low_risk_takes_minutes_and_a_house_weeks(make_world: MakeWorld) -> None:
    world = make_world("calm")
    issued = [c.steps for c in _of_days(world, 90, "perizinan") if c.category == "nib-rendah" and len(c.steps) == 3]
    repaired = [c.steps for c in _of_days(world, 90, "bebenah") if c.category == "bedah-rumah" and len(c.steps) == 4]
    assert median(steps[-1][0] - steps[1][0] for steps in issued) < 0.5 * HOUR
    assert 14 * DAY < median(steps[-1][0] - steps[0][0] for steps in repaired) < 60 * DAY


def test_ids_say_whose_they_are_and_six_services_never_share_one(make_world: MakeWorld) -> None:
    world = make_world("flood")
    ids = {key: [case.case_id for case in _of_days(world, 30, key)] for key in world.city.services}
    prefixes = {key: {each.rsplit("-", 2)[0] for each in found} for key, found in ids.items()}
    assert prefixes == {
        "laksa": {"LAKSA"}, "siaga-112": {"112"}, "polres": {"POLRES"}, "pencaker": {"PENCAKER"},
        "perizinan": {"NIB"}, "bebenah": {"BEBENAH"},
    }  # fmt: skip
    together = [each for found in ids.values() for each in found]
    assert len(together) == len(set(together))


def test_calls_for_help_follow_a_gauge_that_rose(make_world: MakeWorld) -> None:
    world = make_world("flood")
    first = world.sky.local.day(MONDAY)
    risen = [rise for day in (first - 1, first, first + 1) for rise in rises(world, day)]
    assert any(rise.step == 3 for rise in risen)
    wet = [c for c in _of_days(world, 2, "siaga-112") if c.category in {"banjir", "pohon-tumbang"}]
    assert len(wet) > 20
    for case in wet:
        assert any(500 < case.steps[0][0] - rise.at < 2 * HOUR for rise in risen), case
    assert any("evakuasi" in case.summary.lower() for case in wet)


def test_each_rise_is_seen_on_the_gauge_itself(make_world: MakeWorld) -> None:
    world = make_world("flood")
    for rise in rises(world, world.sky.local.day(MONDAY)):
        assert rise.gauge.ladder is not None
        reached = sorted(step.threshold for step in rise.gauge.ladder.steps)[rise.step]
        noise = 2.0  # cm: what the staff reads flickers by a little
        assert world.value(rise.gauge, "water_level", rise.at, 60) >= reached - noise
        assert world.value(rise.gauge, "water_level", rise.at - 0.25 * HOUR, 60) < reached + noise


def test_no_river_rises_where_no_rain_falls(make_world: MakeWorld) -> None:
    world = make_world("calm")
    assert list(rises(world, world.sky.local.day(MONDAY) + 10)) == []


def test_no_summary_holds_a_number(make_world: MakeWorld) -> None:
    world = make_world("flood")
    said = {case.summary for key in world.city.services for case in _of_days(world, 10, key)}
    assert len(said) > 100
    assert not [summary for summary in said if re.search(r"[0-9]{4}|@", summary)]
