"""Each staged story is in the data: what it changes, where, when, and in which order."""

from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from datetime import datetime
from statistics import mean

import pytest

from sensors.city import Device
from sensors.virtual_city import feeds
from sensors.virtual_city.complaints import Complaint, complaints
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.fires import Fire, fires
from sensors.virtual_city.flaws import Flaws
from sensors.virtual_city.floods import rises
from sensors.virtual_city.gateways import GATEWAYS, changes, gateway_of
from sensors.virtual_city.messages import Message
from sensors.virtual_city.pace import Pace, beats
from sensors.virtual_city.prices import price, reports
from sensors.virtual_city.standing import flooding
from sensors.virtual_city.world import World
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld

AFTERNOON = MONDAY + 15 * HOUR


def _cases(world: World, service: str, category: str, days: int = 2) -> list[Complaint]:
    first = world.sky.local.day(world.sky.begins)
    made = (case for day in range(first, first + days) for case in complaints(world, day))
    found = [case for case in made if (case.service, case.category) == (service, category)]
    return sorted(found, key=lambda case: case.steps[0][0])


def _extra(make_world: MakeWorld, scenario: str, service: str, category: str) -> list[Complaint]:
    """The cases that there would not be in calm."""
    usual = {case.case_id for case in _cases(make_world("calm", begins=AFTERNOON), service, category)}
    found = _cases(make_world(scenario, begins=AFTERNOON), service, category)
    return [case for case in found if case.case_id not in usual]


# -- the flood, in its order


def test_upstream_rises_first_then_the_city_then_calls_then_complaints(make_world: MakeWorld) -> None:
    world = make_world("flood", begins=AFTERNOON)
    upstream = next(device for device in world.city.devices.values() if device.upstream)
    assert upstream.ladder is not None
    step = sorted(each.threshold for each in upstream.ladder.steps)[1]
    minutes = range(-240, 240)
    first = next(m for m in minutes if world.value(upstream, "water_level", AFTERNOON + m * 60, 60) >= step)
    rain = next(m for m in minutes if any(_rain(world, device.key, m) for device in _rain_gauges(world)))
    risen = min(rise.at for rise in rises(world, world.sky.local.day(AFTERNOON)) if rise.at > AFTERNOON - 2 * HOUR)
    called = _extra(make_world, "flood", "siaga-112", "banjir")[0].steps[0][0]
    complained = _extra(make_world, "flood", "laksa", "banjir")[0].steps[0][0]
    assert AFTERNOON + rain * 60 < AFTERNOON + first * 60 < risen < called < complained


@pytest.mark.parametrize("seed", range(1, 7))
def test_nobody_complains_of_a_flood_before_somebody_called_for_help(make_world: MakeWorld, seed: int) -> None:
    usual, flood = (make_world(name, seed, AFTERNOON) for name in ("calm", "flood"))
    ordinary = {case.case_id for case in _cases(usual, "laksa", "banjir")}
    told = [case for case in _cases(flood, "laksa", "banjir") if case.case_id not in ordinary]
    since = AFTERNOON - 2 * HOUR
    calls = [case.steps[0][0] for case in _cases(flood, "siaga-112", "banjir") if case.steps[0][0] > since]
    assert told
    assert min(case.steps[0][0] for case in told if case.steps[0][0] > since) > min(calls)


def test_roads_are_slow_where_water_stands_and_only_there(make_world: MakeWorld) -> None:
    calm, flood = (make_world(name, begins=AFTERNOON) for name in ("calm", "flood"))
    at = AFTERNOON + 2.5 * HOUR
    worst, driest = 0.0, 1.0
    for device in flood.city.devices.values():
        if "vehicle_count" not in device.kinds:
            continue
        water = flooding(flood.seed, flood.sky, device.point, at)
        passed, usual = (
            mean(world.value(device, "vehicle_count", at + n * 60, 60) for n in range(20)) for world in (flood, calm)
        )
        assert passed <= usual * (1.02 - 0.5 * water), device.key
        worst, driest = max(worst, water), min(driest, water)
    assert worst > 0.3
    assert driest < 0.05
    assert flooding(calm.seed, calm.sky, next(iter(calm.city.subdistricts.values())).point, at) == 0


def test_no_drop_is_lost_however_often_a_gauge_reports_and_however_fast_the_world_lives(make_world: MakeWorld) -> None:
    world = make_world("flood", begins=AFTERNOON)
    device = world.city.devices["gauge-magnolia-jatake"]
    whole = world.sky.rain_mm(device.point, AFTERNOON - 2 * HOUR, AFTERNOON + 2 * HOUR)
    told = sum(world.value(device, "rain", AFTERNOON - 2 * HOUR + (n + 1) * 20, 20) for n in range(720))
    assert whole > 20
    assert told == pytest.approx(whole, abs=0.41)
    city = feeds.City(world, Pace(AFTERNOON, 60.0, -2 * HOUR), beats(world, 50), None, AFTERNOON - 2 * HOUR)
    beat = next(b for b in city.beats if b.device is device and "rain" in b.kinds)
    slots = range(beat.slot_after(AFTERNOON), beat.slot_after(AFTERNOON + 240))
    fast = sum(v for slot in slots for _, kind, v in feeds.samples(city, beat, beat.instant(slot)) if kind == "rain")
    assert fast == pytest.approx(whole, abs=2.0)  # what falls between the last slot and the end is on its way


# -- before the feast


def test_before_the_feast_prices_climb_above_the_reference_day_by_day(make_world: MakeWorld) -> None:
    season, feast = make_world("season"), make_world("lebaran")
    market, first = feast.city.markets["pasar-anyar"], feast.sky.local.day(MONDAY)
    highest = {r.commodity: r.high for r in feast.city.reference_prices if r.zone in {"nasional", "1"}}
    above: Counter[str] = Counter()
    for goods in feast.city.commodities.values():
        usual, asked = ([price(world, market, goods, first + n) for n in range(8)] for world in (season, feast))
        assert all(dear >= before for dear, before in zip(asked, usual, strict=True))
        if asked[-1] > 1.15 * usual[-1]:
            assert usual[0] < asked[0]  # the very next morning
            rise = [dear / before for dear, before in zip(asked, usual, strict=True)]
            assert all(later > earlier - 0.08 for earlier, later in itertools.pairwise(rise))
            above[goods.group] += asked[-1] > highest.get(goods.key, float("inf"))
    assert {"cabai", "daging", "telur"} <= above.keys()
    assert above["cabai"] >= 1
    assert price(feast, market, feast.city.commodities["beras-medium"], first + 7) == price(
        season, market, season.city.commodities["beras-medium"], first + 7
    )


def test_at_speed_the_feast_comes_day_by_day(make_world: MakeWorld) -> None:
    world = make_world("lebaran")
    days = {world.sky.local.day(report.at) for report in reports(world, MONDAY, MONDAY + 7 * DAY)}
    assert len(days) == 7


# -- a factory burns


def _fire(world: World) -> Fire:
    (fire,) = fires(world.sky, AFTERNOON, AFTERNOON + HOUR)
    return fire


def test_calls_come_at_once_around_one_place_and_complaints_after(make_world: MakeWorld) -> None:
    fire = _fire(make_world("fire", begins=AFTERNOON))
    calls = _extra(make_world, "fire", "siaga-112", "kebakaran")
    told = _extra(make_world, "fire", "laksa", "kebakaran")
    of_it = [case for case in calls if case.steps[0][0] < fire.at + 0.5 * HOUR]
    assert len(of_it) >= 10
    assert {case.subdistrict for case in of_it} == {fire.where.code}
    assert all("pabrik" in case.summary for case in of_it)
    first = [case.steps[0][0] for case in told if case.steps[0][0] < fire.at + 4 * HOUR]
    assert len(first) >= 5
    assert fire.at < of_it[0].steps[0][0] < min(first)


def test_smoke_is_measured_near_the_fire_and_traffic_slows_there(make_world: MakeWorld) -> None:
    calm, burning = (make_world(name, begins=AFTERNOON) for name in ("calm", "fire"))
    fire, width = _fire(burning), burning.sky.extent.km_per_lon
    at = fire.at + HOUR
    stations = [device for device in burning.city.devices.values() if "pm25" in device.kinds]
    stations.sort(key=lambda device: -fire.near(device.point, 3.0, width))
    added = [world_.value(stations[0], "pm25", at, 60) for world_ in (calm, burning)]
    assert added[1] > added[0] + 60
    far = [world_.value(stations[-1], "pm25", at, 60) for world_ in (calm, burning)]
    assert far[1] < far[0] + 30
    after = [world_.value(stations[0], "pm25", fire.at + 6 * HOUR, 60) for world_ in (calm, burning)]
    assert after[1] == pytest.approx(after[0], abs=5)
    for device in burning.city.devices.values():
        if "vehicle_count" in device.kinds and fire.near(device.point, 1.2, width) > 0.5:
            passed, usual = (
                mean(w.value(device, "vehicle_count", at + n * 60, 60) for n in range(20)) for w in (burning, calm)
            )
            assert passed < 0.75 * usual


# -- the network fails


def _sent(world: World, hours: float) -> list[Message]:
    city = feeds.City(world, Pace(AFTERNOON, 1.0), beats(world, None), Flaws(1), AFTERNOON - DAY)
    life = feeds.live(city, AFTERNOON)
    return list(itertools.takewhile(lambda message: message.due <= AFTERNOON + hours * HOUR, life))


def test_gateways_fall_silent_one_after_the_other_and_come_back(make_world: MakeWorld) -> None:
    world = make_world("outage", begins=AFTERNOON)
    told = list(changes(world.sky, AFTERNOON, AFTERNOON + 2 * HOUR))
    gone, back = ([c for c in told if c.word == word] for word in ("offline", "online"))
    assert {c.device for c in gone} == {c.device for c in back} == set(world.city.devices)
    by_gateway = {gateway_of(c.device): c.at for c in gone}
    assert list(by_gateway.values()) == sorted(set(by_gateway.values()))
    assert len(by_gateway) == GATEWAYS
    assert max(c.at for c in gone) < min(c.at for c in back)  # for a while nobody is heard


def test_what_was_measured_in_silence_comes_in_late_packs(make_world: MakeWorld) -> None:
    world = make_world("outage", begins=AFTERNOON)
    sent, silent = _sent(world, 2), {}
    for change in changes(world.sky, AFTERNOON, AFTERNOON + 2 * HOUR):
        silent.setdefault(change.device, []).append(change.at)
    statuses = [message for message in sent if message.topic.endswith("/status")]
    assert len(statuses) == 2 * len(world.city.devices)
    assert all(message.retained for message in statuses)
    assert not any(message.retained for message in sent if message not in statuses)
    heard: defaultdict[str, list[float]] = defaultdict(list)
    for message in sent:
        device = message.topic.split("/")[2]
        if "/readings/" not in message.topic:
            continue
        since, until = silent[device]
        assert not since < message.due <= until, message
        heard[device] += _instants(message)
    for device in ("gauge-kali-ledug", "gauge-pintu-air-10", "air-tanah-tinggi"):
        since, until = silent[device]
        kept = {at for at in heard[device] if since < at <= until}
        assert len(kept) >= 40  # minutes of the three quarters of an hour
    assert all(message.readings <= 80 for message in sent)


# -- an agency falls behind


def test_one_agency_s_cases_wait_and_the_others_do_not(make_world: MakeWorld) -> None:
    calm, behind = (make_world(name, begins=AFTERNOON) for name in ("calm", "backlog"))
    first = calm.sky.local.day(AFTERNOON)
    waiting: dict[str, list[float]] = {}
    for name, world in (("calm", calm), ("backlog", behind)):
        shares: defaultdict[str, list[bool]] = defaultdict(list)
        for case in (c for day in range(first - 8, first) for c in complaints(world, day) if c.service == "laksa"):
            shares[case.agency].append(len(case.steps) < 2 or case.steps[1][0] > AFTERNOON)
        busiest = max(shares, key=lambda agency: len(shares[agency]))
        others = [each for agency, found in shares.items() if agency != busiest for each in found]
        waiting[name] = [mean(shares[busiest]), mean(others)]
    assert waiting["calm"][0] < 0.2
    assert waiting["backlog"][0] > 0.5
    assert waiting["backlog"][1] == pytest.approx(waiting["calm"][1], abs=0.02)


def _rain_gauges(world: World) -> list[Device]:
    return [device for device in world.city.devices.values() if "rain" in device.kinds]


def _rain(world: World, device: str, minute: int) -> bool:
    return world.value(world.city.devices[device], "rain", AFTERNOON + minute * 60, 60) > 0


def _instants(message: Message) -> list[float]:
    body = json.loads(message.payload)
    if isinstance(body, dict):
        return [datetime.fromisoformat(body["observed_at"]).timestamp()]
    return [body[0]["bt"] + record.get("t", 0.0) for record in body]
