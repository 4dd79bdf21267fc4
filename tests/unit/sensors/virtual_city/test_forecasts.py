"""The made-up forecasts and earthquakes are of BMKG's form, of one mind with the sky, and taken in whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sensors.forecast import Source, parse_forecast
from sensors.quake import parse_quakes
from sensors.virtual_city import feeds, forecasts, history, quakes
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.pace import Pace, beats
from sensors.virtual_city.world import World
from tests.unit.sensors.virtual_city.conftest import MONDAY, MakeWorld


def city_of(world: World) -> feeds.City:
    return feeds.City(world, Pace(MONDAY, 1.0), beats(world, None), None, MONDAY - 14 * DAY)


def test_every_kelurahan_gets_a_forecast_twice_a_day(make_world: MakeWorld) -> None:
    world = make_world()
    issues = list(forecasts.issues(world, MONDAY, MONDAY + DAY))
    assert len(issues) == 2 * len(world.city.subdistricts)
    assert issues == sorted(issues, key=lambda issue: issue.due)
    halves = [
        *forecasts.issues(world, MONDAY, MONDAY + 11111),
        *forecasts.issues(world, MONDAY + 11111, MONDAY + DAY),
    ]
    assert halves == issues


def test_a_document_is_taken_without_a_refusal_and_follows_the_sky(make_world: MakeWorld) -> None:
    world = make_world("rain")
    city = city_of(world)
    totals = []
    for issue in list(forecasts.newest(world, MONDAY))[::13]:
        assert issue.due <= MONDAY
        message = feeds.forecast(city, issue)
        received = datetime.fromtimestamp(message.due, UTC)
        source = Source("bmkg", received, world.city.subdistricts, world.city.zone)
        taken = parse_forecast(json.loads(message.payload), source)
        assert taken.refused == ()
        assert len(taken.found) == 24
        first = taken.found[0].valid_at.timestamp()
        expected = sum(each.rain or 0 for each in taken.found[:8])
        totals.append((expected, world.sky.rain_mm(issue.place.point, first, first + DAY)))
    assert any(real > 1 for _, real in totals)
    assert all(abs(expected - real) <= 0.5 * real + 1 for expected, real in totals)


def test_history_brings_only_the_newest_forecasts(make_world: MakeWorld) -> None:
    world = make_world()
    sent = list(history._bulletins(city_of(world), MONDAY - 5 * DAY, MONDAY))
    documents = [json.loads(each.payload) for each in sent if "/bulletins/" in each.topic]
    assert sum("lokasi" in each for each in documents) == len(world.city.subdistricts)
    assert sum("Infogempa" in each for each in documents) > 2
    older = history._bulletins(city_of(world), MONDAY - 5 * DAY, MONDAY - DAY)
    assert not any(b"lokasi" in each.payload for each in older)


def test_earthquakes_are_read_whole_and_a_month_has_some_that_were_felt(make_world: MakeWorld) -> None:
    world = make_world()
    city = city_of(world)
    felt: list[Any] = []
    told = list(quakes.quakes(world, MONDAY, MONDAY + 60 * DAY))
    assert 40 < len(told) < 160
    for each in told:
        message = feeds.earthquake(city, each)
        received = datetime.fromtimestamp(message.due, UTC)
        taken = parse_quakes(json.loads(message.payload), "bmkg", received, timedelta(days=400))
        assert taken.refused == ()
        felt += [quake.felt for quake in taken.found if quake.felt]
    assert 0 < len(felt) < len(told)
    live = [next(iter(feeds.earthquakes(city, MONDAY))).due]
    assert live[0] == told[0].due
    assert told[0].due - told[0].at < HOUR
